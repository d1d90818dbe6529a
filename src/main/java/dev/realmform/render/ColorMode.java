package dev.realmform.render;

import java.util.Map;

/** The option {@code --color}. */
public enum ColorMode {
    AUTO, ALWAYS, NEVER;

    /**
     * Whether to use colours. {@code AUTO}: on a terminal whose {@code TERM} is not {@code dumb}, unless {@code
     * NO_COLOR} is
     * set to anything (https://no-color.org: an empty value does not count).
     */
    public Look.Color resolve(boolean isTerminal, Map<String, String> environment) {
        return switch (this) {
            case ALWAYS -> Look.Color.ANSI;
            case NEVER -> Look.Color.PLAIN;
            case AUTO -> {
                boolean wanted = isTerminal && !environment.getOrDefault("TERM", "").equals("dumb")
                        && environment.getOrDefault("NO_COLOR", "").isEmpty();
                yield wanted ? Look.Color.ANSI : Look.Color.PLAIN;
            }
        };
    }
}
