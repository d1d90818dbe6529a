package dev.realmform.keycloak.admin;

import java.time.Duration;

/**
 * One HTTP call, for {@code --verbose}. Holds no header and no body.
 *
 * @param path    as sent, below the server's address
 * @param outcome the status, or in a few words why there is none
 * @param attempt from 1
 */
public record CallLog(String method, String path, String outcome, Duration took, int attempt) {

    @Override
    public String toString() {
        String again = attempt > 1 ? " (attempt " + attempt + ")" : "";
        return method + " " + path + " " + outcome + " " + took.toMillis() + " ms" + again;
    }
}
