package dev.realmform.osmo;

import java.util.Optional;
import java.util.stream.Stream;

/** Which OSMO: its charts and what its policies understand differ. */
public enum Layout {
    /** Three charts, each with its own sidecars. The one that OSMO's guide for Keycloak describes. */
    V6_2("6.2"),
    /** One chart with a gateway in front of all services. */
    V6_3("6.3"),
    /** The same, and a command line that logs in by PKCE unless it is told otherwise. */
    V6_4("6.4");

    /** Where nothing is said: that of the guide, and the one for which whatever is rendered is the narrowest. */
    public static final Layout DEFAULT = V6_2;

    private final String version;

    Layout(String version) {
        this.version = version;
    }

    /** By the version as people write it. */
    public static Optional<Layout> of(String version) {
        return Stream.of(values()).filter(layout -> layout.version.equals(version)).findFirst();
    }

    boolean hasGateway() {
        return this != V6_2;
    }

    @Override
    public String toString() {
        return version;
    }
}
