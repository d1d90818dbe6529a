package dev.realmform.keycloak;

import dev.realmform.provider.Field;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The attributes of a realm. Many hold what is a field of the realm as well, and there the field counts. */
final class RealmAttributes {

    /** Shown as both; the fields win (measured). */
    private static final List<String> MIRRORED = List.of("oauth2DeviceCodeLifespan", "oauth2DevicePollingInterval",
            "clientSessionIdleTimeout", "clientSessionMaxLifespan", "clientOfflineSessionIdleTimeout",
            "clientOfflineSessionMaxLifespan", "realmReusableOtpCode", "scimApiEnabled");

    /** Shown as fields alone; exports of older versions hold both (26.7.3: {@code REALM_EXCLUDED_ATTRIBUTES}). */
    private static final List<String> HIDDEN = List.of("displayName", "displayNameHtml", "defaultSignatureAlgorithm",
            "bruteForceProtected", "permanentLockout", "maxTemporaryLockouts", "bruteForceStrategy",
            "maxFailureWaitSeconds", "waitIncrementSeconds", "quickLoginCheckMilliSeconds",
            "minimumQuickLoginWaitSeconds", "maxDeltaTimeSeconds", "failureFactor", "maxSecondaryAuthFailures",
            "actionTokenGeneratedByAdminLifespan", "actionTokenGeneratedByUserLifespan",
            "offlineSessionMaxLifespanEnabled", "offlineSessionMaxLifespan", "client-policies.policies",
            "client-policies.profiles", "firstBrokerLoginFlowId", "organizationsEnabled",
            "verifiableCredentialsEnabled", "adminPermissionsEnabled", "adminPermissionsClientId", "scimEnabled");

    /** Of the policies for WebAuthn, hidden as well; of the one for logins without passwords they end in that word. */
    private static final List<String> WEBAUTHN = List.of("RpEntityName", "SignatureAlgorithms", "RpId",
            "AttestationConveyancePreference", "AuthenticatorAttachment", "RequireResidentKey", "ResidentKey",
            "UserVerificationRequirement", "CreateTimeout", "AvoidSameAuthenticatorRegister", "AcceptableAaguids",
            "PasskeysEnabled", "Mediation");

    static final Field FIELD = field();

    private RealmAttributes() {}

    private static Field field() {
        SortedMap<String, Field> known = new TreeMap<>();
        MIRRORED.forEach(name -> known.put(name, Field.any().computed()));
        HIDDEN.forEach(name -> known.put(name, Field.any().computed()));
        SecurityHeaders.NAMES.forEach(name -> known.put("_browser_header." + name, Field.any().computed()));
        WEBAUTHN.forEach(name -> {
            known.put("webAuthnPolicy" + name, Field.any().computed());
            known.put("webAuthnPolicy" + name + "Passwordless", Field.any().computed());
        });
        Field free = Field.mapOf(Field.any()).secretsByName();
        return free.knowing(known);
    }
}
