package dev.realmform.osmo;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Where a realm answers, all of it below its issuer. The guide has another path for the device flow, which answers 405.
 *
 * @param issuer {@code https://auth-osmo.example.com/realms/osmo}
 */
record RealmEndpoints(String issuer) {

    private String at(String path) {
        return issuer + "/protocol/openid-connect/" + path;
    }

    String device() {
        return at("auth/device");
    }

    String browser() {
        return at("auth");
    }

    String token() {
        return at("token");
    }

    String logout() {
        return at("logout");
    }

    String keys() {
        return at("certs");
    }

    /** By the names that discovery has for them. */
    SequencedMap<String, String> discovered() {
        SequencedMap<String, String> all = new LinkedHashMap<>();
        all.put("authorization_endpoint", browser());
        all.put("token_endpoint", token());
        all.put("jwks_uri", keys());
        all.put("device_authorization_endpoint", device());
        all.put("end_session_endpoint", logout());
        return all;
    }
}
