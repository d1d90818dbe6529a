package dev.realmform.bench;

import java.util.Optional;

/**
 * A request and its answer, as they went through the recording proxy. It holds tokens and passwords of a server that lives as
 * long as the benchmark.
 *
 * @param target      path and query, as sent
 * @param body        empty if there is none
 * @param began       when the request was there, in nanoseconds of this JVM
 * @param ended       when the answer was about to be passed on: what began before that did not know it
 */
record Exchange(String method, String target, Optional<String> authorization, Optional<String> contentType, String body,
        int status, Optional<String> location, String answer, long began, long ended) {

    boolean isRead() {
        return method.equals("GET") || method.equals("HEAD");
    }

    /** Whether it belongs to the admin API; else it is a login, a logout or the server's own description. */
    boolean isAdmin() {
        return target.startsWith("/admin/");
    }

    boolean isWrite() {
        return isAdmin() && !isRead();
    }

    /** Without the query. */
    String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    boolean createsRealm() {
        return method.equals("POST") && path().equals("/admin/realms") && status == 201;
    }

    boolean precedes(Exchange other) {
        return ended <= other.began;
    }
}
