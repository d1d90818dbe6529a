package dev.realmform.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes a recording down: requests one after the other, or several at once. */
final class Recorded {

    static final String TOKEN = "/realms/master/protocol/openid-connect/token";

    private final List<Exchange> exchanges = new ArrayList<>();
    private final String token;
    private long now;

    Recorded(String token) {
        this.token = token;
    }

    /** An id that ends with this number. */
    static String id(int number) {
        return "00000000-0000-0000-0000-%012d".formatted(number);
    }

    static String token(String name) {
        return "eyJ" + name + ".body.signature";
    }

    Recorded login() {
        now++;
        exchanges.add(new Exchange("POST", TOKEN, Optional.empty(), Optional.of("application/x-www-form-urlencoded"),
                "grant_type=password", 200, Optional.empty(), "{\"access_token\":\"" + token + "\"}", now, now));
        return this;
    }

    Recorded get(String path, String answer) {
        return add("GET", path, "", 200, Optional.empty(), answer);
    }

    /** Answered 201 with this id in the Location header. */
    Recorded post(String path, String body, String id) {
        return add("POST", path, body, 201, Optional.of("http://127.0.0.1:1/admin/realms" + path + "/" + id), "");
    }

    /** Answered 200 or 204, without a Location header. */
    Recorded send(String method, String path, String body, String answer) {
        return add(method, path, body, answer.isEmpty() ? 204 : 200, Optional.empty(), answer);
    }

    /** The next request is sent while this many before it are not yet answered. */
    Recorded whileWaitingFor(int several) {
        for (int i = exchanges.size() - several; i < exchanges.size(); i++) {
            Exchange e = exchanges.get(i);
            exchanges.set(i, new Exchange(e.method(), e.target(), e.authorization(), e.contentType(), e.body(),
                    e.status(), e.location(), e.answer(), e.began(), now + 2));
        }
        return this;
    }

    private Recorded add(String method, String path, String body, int status, Optional<String> location,
            String answer) {
        now++;
        exchanges.add(new Exchange(method, "/admin/realms" + path, Optional.of("Bearer " + token),
                body.isEmpty() ? Optional.empty() : Optional.of("application/json"), body, status, location, answer,
                now, now));
        return this;
    }

    List<Exchange> exchanges() {
        return exchanges;
    }

    Script script() {
        return Script.of(exchanges);
    }
}
