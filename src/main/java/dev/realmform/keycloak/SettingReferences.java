package dev.realmform.keycloak;

import dev.realmform.model.Path;
import dev.realmform.model.Reference;
import dev.realmform.model.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which settings of Keycloak's own providers name something of the realm: of protocol mappers, steps of flows, conditions and
 * executors of client policies, client registration policies. The server takes any text there (26.7.3). Of a provider of somebody
 * else nothing is known.
 */
final class SettingReferences {

    /** What a text in a setting means. */
    private enum Names {
        CLIENT, CLIENT_SCOPE, ROLE, GROUP, FLOW, IDENTITY_PROVIDER;

        Reference reference(String realm, String name, Path at) {
            return switch (this) {
                case CLIENT -> new Reference(ClientType.address(realm, name), at);
                case CLIENT_SCOPE -> new Reference(ClientScopeType.address(realm, name), at);
                case ROLE -> RoleText.reference(realm, name, at);
                case GROUP -> GroupPath.reference(realm, name, at);
                case FLOW -> new Reference(FlowType.address(realm, name), at);
                case IDENTITY_PROVIDER -> new Reference(IdentityProviderType.address(realm, name), at);
            };
        }
    }

    /** Where a setting stands. */
    private record At(String realm, Path path) {}

    /** By provider; the role of a saml-hardcode-role-mapper is any text and need not exist. */
    private static final Map<String, Map<String, Names>> MAPPERS = Map.of(
            "oidc-audience-mapper", Map.of("included.client.audience", Names.CLIENT),
            "saml-audience-mapper", Map.of("included.client.audience", Names.CLIENT),
            "oidc-usermodel-client-role-mapper", Map.of("usermodel.clientRoleMapping.clientId", Names.CLIENT),
            "oidc-hardcoded-role-mapper", Map.of("role", Names.ROLE),
            "oidc-role-name-mapper", Map.of("role", Names.ROLE),
            "saml-role-name-mapper", Map.of("role", Names.ROLE));

    private static final Map<String, Map<String, Names>> STEPS = Map.of(
            "conditional-user-role", Map.of("condUserRole", Names.ROLE),
            "conditional-client-scope", Map.of("client_scope", Names.CLIENT_SCOPE),
            "auth-conditional-otp-form", Map.of("skipOtpRole", Names.ROLE, "forceOtpRole", Names.ROLE),
            "identity-provider-redirector", Map.of("defaultProvider", Names.IDENTITY_PROVIDER));

    /** Of conditions and executors. */
    private static final Map<String, Map<String, Names>> POLICY_PARTS = Map.of(
            "client-scopes", Map.of("scopes", Names.CLIENT_SCOPE),
            "client-updater-source-roles", Map.of("roles", Names.ROLE),
            "client-updater-source-groups", Map.of("groups", Names.GROUP),
            "identity-provider-alias", Map.of("identity_provider_aliases", Names.IDENTITY_PROVIDER),
            "auth-flow-enforcer", Map.of("auth-flow-alias", Names.FLOW));

    private static final Map<String, Map<String, Names>> COMPONENTS = Map.of(
            "allowed-client-templates", Map.of("allowed-client-scopes", Names.CLIENT_SCOPE));

    private SettingReferences() {}

    /** What a component at the top of a realm names. */
    static Set<Reference> ofComponent(String realm, Value.MapOf component) {
        Set<Reference> references = new HashSet<>();
        add(references, of(COMPONENTS, component.text(Components.PROVIDER)), component.map(Components.CONFIG),
                new At(realm, Path.of(Components.CONFIG)));
        return references;
    }

    /** What the protocol mappers of a client or a client scope name. */
    static Set<Reference> ofMappers(String realm, Value.MapOf holder) {
        Set<Reference> references = new HashSet<>();
        holder.map(Mappers.NAME).fields().forEach((name, value) -> {
            if (value instanceof Value.MapOf mapper) {
                add(references, of(MAPPERS, mapper.text(Mappers.PROVIDER)), mapper.map("config"),
                        new At(realm, Path.of(Mappers.NAME, name, "config")));
            }
        });
        return references;
    }

    /** What the settings of the steps of a flow name, however deep they lie. */
    static Set<Reference> ofSteps(String realm, Value.MapOf flow) {
        Set<Reference> references = new HashSet<>();
        steps(references, realm, flow, Path.ROOT);
        return references;
    }

    private static void steps(Set<Reference> references, String realm, Value.MapOf holder, Path at) {
        Value.MapOf steps = holder.map(Steps.NAME);
        for (String key : steps.fields().keySet()) {
            Path path = at.then(Steps.NAME).then(key);
            add(references, of(STEPS, Optional.of(Steps.name(key, steps))),
                    steps.map(key).map(Steps.CONFIG).map("config"),
                    new At(realm, path.then(Steps.CONFIG).then("config")));
            steps(references, realm, steps.map(key), path);
        }
    }

    /**
     * What the conditions of a client policy, or the executors of a client profile, name.
     *
     * @param parts the field that holds them
     * @param part  the field of each that names its provider
     */
    static Set<Reference> ofPolicyParts(String realm, Value.MapOf member, String parts, String part) {
        Set<Reference> references = new HashSet<>();
        List<Value> items = member.list(parts);
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof Value.MapOf item) {
                add(references, of(POLICY_PARTS, item.text(part)), item.map(PolicyList.CONFIGURATION),
                        new At(realm, Path.of(parts, String.valueOf(i), PolicyList.CONFIGURATION)));
            }
        }
        return references;
    }

    private static void add(Set<Reference> references, Map<String, Names> known, Value.MapOf settings, At at) {
        known.forEach((setting, names) -> texts(settings, setting).stream()
                .filter(text -> isName(names, text))
                .forEach(text -> references.add(
                        names.reference(at.realm(), text, at.path().then(setting)))));
    }

    private static Map<String, Names> of(Map<String, Map<String, Names>> known, Optional<String> provider) {
        return known.getOrDefault(provider.orElse(""), Map.of());
    }

    /** A group without a slash is a name that many may have; openid is asked for as a scope, and is none. */
    private static boolean isName(Names names, String text) {
        return !text.isBlank() && switch (names) {
            case GROUP -> text.startsWith("/") && text.length() > 1;
            case CLIENT_SCOPE -> !text.equals("openid");
            case CLIENT, ROLE, FLOW, IDENTITY_PROVIDER -> true;
        };
    }

    /** A setting holds one text or several. */
    static List<String> texts(Value.MapOf settings, String name) {
        List<String> texts = settings.texts(name);
        return texts.isEmpty() ? settings.text(name).stream().toList() : texts;
    }
}
