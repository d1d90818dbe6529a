package dev.realmform.osmo;

import dev.realmform.config.DesiredState;
import dev.realmform.model.Address;
import dev.realmform.model.Origin;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An installation of OSMO, as the files describe it: what its charts and policies have to know.
 *
 * @param domain   host of OSMO
 * @param host     host of Keycloak
 * @param realm    name of its realm
 * @param declared the layout that the section names
 * @param section  the section, for what stands in it besides
 * @param mail     whether every mail address is verified
 * @param cliClient the client for a login of the command line by PKCE, if one is fit for it
 */
public record Installation(String domain, String host, String realm, Optional<Layout> declared, Part section,
        Lifespan lifespan, MailTrust mail, Optional<String> cliClient) {

    private static final String LOOPBACK = "https?://(localhost|127\\.0\\.0\\.1)(:[0-9]+|/.*|\\*)?.*";

    /**
     * Reads it.
     *
     * @param section what the loader found valid, references resolved
     * @param state   what all sections of the files come to: they may say otherwise than the section
     */
    public static Installation of(String realm, Value.MapOf section, Origin origin, DesiredState state) {
        Part osmo = new Part("osmo", section, origin, "osmo");
        String domain = osmo.get("domain").map(Part::text).orElse("");
        String host = osmo.get("host").map(Part::text).orElse("auth-" + domain);
        Optional<Layout> declared = osmo.get("layout").map(Part::text).flatMap(Layout::of);
        Map<Address, Resource> resources = state.resources();
        return new Installation(domain, host, realm, declared, osmo, Lifespan.of(realm, resources),
                MailTrust.of(osmo, realm, resources),
                cliClient(resources.get(Address.of("client", realm, Roles.DEVICE))));
    }

    /** A public client that may send the browser back to this machine. */
    private static Optional<String> cliClient(@Nullable Resource device) {
        return Optional.ofNullable(device)
                .map(Resource::value)
                .filter(client -> client.isTrue("publicClient") && client.isTrue("standardFlowEnabled"))
                .filter(client -> client.texts("redirectUris").stream().anyMatch(uri -> uri.matches(LOOPBACK)))
                .map(client -> Roles.DEVICE);
    }

    /** Where Keycloak answers, unless it is served in an unusual way: then only it can tell. */
    public Endpoints usualEndpoints() {
        return Endpoints.at(host, realm);
    }

    /** The client whose secret OAuth2 Proxy has to know. */
    public Address browserClient() {
        return Address.of("client", realm, Roles.BROWSER);
    }

    List<Part> teams() {
        return section.get("teams").map(Part::fields).orElse(List.of());
    }
}
