package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Seen;
import dev.realmform.model.Value;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When users logged in last: from the events, if they are kept and may be read; else from sessions that are open. Few users are
 * asked one by one; for many the newest events are read page by page.
 */
final class LastSeen {

    private static final int FEW = 100;
    private static final int PAGE = 500;
    private static final int MOST_PAGES = 20;
    private static final String LOGIN = "LOGIN";

    private final Reader reader;
    private final String realm;
    private final Map<Address, String> ids;

    private LastSeen(Reader reader, String realm, Map<Address, String> ids) {
        this.reader = reader;
        this.realm = realm;
        this.ids = ids;
    }

    /** @param ids of the users on the server */
    static SortedMap<Address, Seen> of(Reader reader, String realm, Map<Address, String> ids) {
        return new LastSeen(reader, realm, ids).seen();
    }

    private SortedMap<Address, Seen> seen() {
        Optional<String> silent = silent();
        Map<Address, Seen> seen = new ConcurrentHashMap<>();
        if (ids.size() > FEW) {
            Map<String, Seen> newest = silent.isPresent() ? Map.of() : newest();
            ids.forEach((user, id) -> seen.put(user, newest.getOrDefault(id, new Seen.Unknown(
                    silent.orElse("not among the newest " + PAGE * MOST_PAGES + " logins")))));
        } else {
            reader.each(ids.entrySet(), user -> seen.put(user.getKey(), one(user.getValue(), silent)));
        }
        return new TreeMap<>(seen);
    }

    /** Why the events tell nothing. */
    private Optional<String> silent() {
        Value.MapOf body = reader.object(realm).orElse(Value.EMPTY_MAP);
        List<String> kept = body.texts("enabledEventTypes");
        if (!body.isTrue("eventsEnabled")) {
            return Optional.of("events are off");
        }
        if (!kept.isEmpty() && !kept.contains(LOGIN)) {
            return Optional.of("the realm keeps no events of logins");
        }
        return Reader.ifAllowed(() -> reader.objects(Map.of("type", LOGIN, "max", "1"), realm, "events")).isEmpty()
                ? Optional.of("events may not be read, the role view-events is missing")
                : Optional.empty();
    }

    private Seen one(String id, Optional<String> silent) {
        Optional<Seen> login = silent.isPresent() ? Optional.empty()
                : reader.objects(Map.of("type", LOGIN, "user", id, "max", "1"), realm, "events")
                        .stream()
                        .findFirst()
                        .map(LastSeen::login);
        return login.or(() -> session(id))
                .orElseGet(() -> silent.<Seen>map(Seen.Unknown::new).orElseGet(Seen.Nothing::new));
    }

    private Optional<Seen> session(String id) {
        return Reader.ifAllowed(() -> reader.objects(realm, "users", id, "sessions"))
                .stream()
                .flatMap(List::stream)
                .map(session -> new Seen.Session(at(session, "start"), at(session, "lastAccess")))
                .max(java.util.Comparator.comparing(Seen.Session::lastAccess))
                .map(Seen.class::cast);
    }

    private Map<String, Seen> newest() {
        Map<String, Seen> byUser = new HashMap<>();
        for (int page = 0; page < MOST_PAGES && byUser.size() < ids.size(); page++) {
            List<Value.MapOf> events = reader.page(page * PAGE, PAGE, Map.of("type", LOGIN), realm, "events");
            events.forEach(event -> byUser.putIfAbsent(event.text("userId").orElse(""), login(event)));
            if (events.size() < PAGE) {
                ids.values().forEach(id -> byUser.putIfAbsent(id, new Seen.Nothing()));
            }
        }
        return byUser;
    }

    private static Seen login(Value.MapOf event) {
        return new Seen.Login(at(event, "time"), event.text("clientId").orElse(""),
                event.map("details").text("identity_provider").orElse(""));
    }

    private static Instant at(Value.MapOf body, String field) {
        return body.get(field).orElse(Value.NULL) instanceof Value.Num(var millis)
                ? Instant.ofEpochMilli(millis.longValue())
                : Instant.EPOCH;
    }
}
