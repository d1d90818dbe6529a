package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Providers that a file names and the server does not offer: found before anything is written. */
final class ComponentProviders {

    private static final Path PROVIDER = Path.of(Components.PROVIDER);

    private ComponentProviders() {}

    /** Looks at what is to be made: whatever is live has its provider. */
    static List<Problem> missing(KeycloakType type, Plan plan, Reader reader) {
        List<Problem> problems = new ArrayList<>();
        for (Change change : plan.changes()) {
            boolean made = change instanceof Change.Create || change instanceof Change.Replace;
            if (made && change.address().type().equals(type.name())) {
                missing(change.declared().orElseThrow(), type, reader).ifPresent(problems::add);
            }
        }
        return problems;
    }

    private static Optional<Problem> missing(Resource component, KeycloakType type, Reader reader) {
        Address address = component.address();
        Optional<String> provider = component.value().text(Components.PROVIDER);
        if (provider.isEmpty()) {
            return type.mayComeWithRealm(address) ? Optional.empty()
                    : Optional.of(Problem.invalid(address + " is to be made, and has no providerId",
                            component.source().exact(), "Name the provider, such as ldap or rsa-generated."));
        }
        String kind = ComponentSettings.kind(address).orElseThrow();
        return Offered.of(reader, address.root(), kind)
                .filter(offered -> !offered.has(provider.get()))
                .map(offered -> Problem.invalid(
                        address + " needs the provider " + provider.get() + " of the kind " + kind
                                + ", which this server does not have",
                        component.origin().at(PROVIDER).exact() + "  " + PROVIDER,
                        offered.settings().isEmpty()
                                ? "It has none of that kind. Correct the kind, or install the provider on the server."
                                : "It has " + String.join(", ", offered.settings().keySet())
                                        + ". Correct providerId, or install the provider on the server."));
    }
}
