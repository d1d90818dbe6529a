package dev.realmform.osmo;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A Helm chart of OSMO. */
public enum Chart {
    SERVICE("service", "service"), ROUTER("router", "router"), WEB_UI("web-ui", "ui");

    private final String label;
    private final String release;

    Chart(String label, String release) {
        this.label = label;
        this.release = release;
    }

    /** The charts of a layout. */
    static List<Chart> of(Layout layout) {
        return layout.hasGateway() ? List.of(SERVICE) : List.of(values());
    }

    /** By its name in OSMO's repository. */
    public static Optional<Chart> named(String label) {
        return Stream.of(values()).filter(chart -> chart.label.equals(label)).findFirst();
    }

    /** The name under which OSMO's guide installs it. */
    String release() {
        return release;
    }

    /** Its name in OSMO's repository. */
    @Override
    public String toString() {
        return label;
    }
}
