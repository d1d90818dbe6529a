package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.LiveState;
import dev.realmform.provider.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Fields that Keycloak always has a value in, and that a file declares empty.
 *
 * <p>Seen on 26.7.3, field by field: an update leaves numbers as they are that it is sent as null, puts a default into others, refuses
 * some ({@code sslRequired}: 500), and of some takes what no login survives ({@code otpPolicyType}: one-time passwords of no digits). A plan
 * with them would never be empty. Files hold such nulls where a program wrote down all that it was not given.
 */
final class NeverEmpty {

    private static final String MAPPERS_PROTOCOL = "protocolMappers.*.protocol";

    /** Beside numbers; {@code *} is any name. */
    private static final Map<String, List<String>> FIELDS = Map.of(
            RealmType.NAME, List.of("sslRequired", "bruteForceStrategy", "otpPolicyType", "otpPolicyAlgorithm",
                    "webAuthnPolicyRpEntityName", "webAuthnPolicySignatureAlgorithms",
                    "webAuthnPolicyAttestationConveyancePreference", "webAuthnPolicyAuthenticatorAttachment",
                    "webAuthnPolicyRequireResidentKey", "webAuthnPolicyResidentKey",
                    "webAuthnPolicyUserVerificationRequirement", "webAuthnPolicyPasswordlessRpEntityName",
                    "webAuthnPolicyPasswordlessSignatureAlgorithms",
                    "webAuthnPolicyPasswordlessAttestationConveyancePreference",
                    "webAuthnPolicyPasswordlessAuthenticatorAttachment",
                    "webAuthnPolicyPasswordlessRequireResidentKey", "webAuthnPolicyPasswordlessResidentKey",
                    "webAuthnPolicyPasswordlessUserVerificationRequirement"),
            ClientType.NAME, List.of("protocol", "clientAuthenticatorType", MAPPERS_PROTOCOL),
            ClientScopeType.NAME, List.of("protocol", MAPPERS_PROTOCOL),
            FlowType.NAME, List.of("providerId"),
            AuthorizationType.NAME, List.of("policyEnforcementMode", "decisionStrategy"),
            AuthorizationPolicyType.NAME, List.of("logic", "decisionStrategy"));

    private NeverEmpty() {}

    /** The declared resources without such fields. */
    static Provider.Accepted accepted(SortedMap<Address, Resource> declared, LiveState live) {
        SortedMap<Address, Resource> filled = new TreeMap<>();
        List<Plan.Notice> notices = new ArrayList<>();
        for (Resource resource : declared.values()) {
            List<Path> fields = live.find(resource.address())
                    .map(there -> fields(resource, there.resource().value()))
                    .orElse(List.of());
            if (!fields.isEmpty()) {
                Value.MapOf rest = resource.value();
                for (Path field : fields) {
                    rest = Lacking.without(rest, field.segments());
                }
                filled.put(resource.address(), resource.withValue(rest));
                notices.add(new Plan.Notice.About(resource.address(),
                        fields.stream().map(Path::toString).sorted().collect(Collectors.joining(", "))
                                + ": declared empty, but never empty in Keycloak; left as it is"));
            }
        }
        if (filled.isEmpty()) {
            return new Provider.Accepted(declared, List.of());
        }
        SortedMap<Address, Resource> all = new TreeMap<>(declared);
        all.putAll(filled);
        return new Provider.Accepted(all, notices);
    }

    /** Of no field that is a number does an update take null. One that is 0 counts as empty, and is no difference. */
    private static List<Path> fields(Resource resource, Value.MapOf live) {
        List<Path> fields = new ArrayList<>();
        resource.value().fields().forEach((name, value) -> {
            if (isEmpty(value) && live.fields().get(name) instanceof Value.Num number && number.value().signum() != 0) {
                fields.add(Path.of(name));
            }
        });
        for (String pattern : FIELDS.getOrDefault(resource.address().type(), List.of())) {
            for (Path path : Lacking.find(resource.value(), List.of(pattern.split("\\.", -1)), List.of())) {
                boolean isEmptied = resource.value().at(path).filter(NeverEmpty::isEmpty).isPresent();
                if (isEmptied && live.at(path).filter(there -> !isEmpty(there)).isPresent()) {
                    fields.add(path);
                }
            }
        }
        return fields;
    }

    /** Null, or a text or a list of nothing. */
    static boolean isEmpty(Value value) {
        return switch (value) {
            case Value.Null _ -> true;
            case Value.Text(String text) -> text.isEmpty();
            case Value.ListOf list -> list.items().isEmpty();
            default -> false;
        };
    }
}
