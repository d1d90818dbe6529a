package dev.realmform.keycloak;

import dev.realmform.keycloak.admin.Method;
import dev.realmform.keycloak.admin.Request;
import dev.realmform.model.Address;
import dev.realmform.model.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One writing request, complete but for the ids that exist only once others have been made. A value: what a change will
 * send can be looked at, and tested, without a server.
 *
 * @param path    segments behind {@code /admin/realms}: texts and holes
 * @param body    may hold holes
 * @param makes   whose id the answer's Location ends with; where it has none, the body tells the id
 * @param looksUp whose id has to be looked up if the answer is lost or says conflict; {@code makes} unless it is a role,
 *                whose Location ends with its name
 * @param again   what is read again just before the request
 * @param doubles whether the server, sent it twice, does it twice: makes a second one and not a conflict
 */
record Call(Method method, Way path, Map<String, String> query, Optional<Value> body, Optional<Address> makes,
        Optional<Address> looksUp, Optional<Again> again, boolean doubles) {

    Call {
        query = Map.copyOf(query);
    }

    private static Call of(Method method, Way path, Optional<Value> body) {
        return new Call(method, path, Map.of(), body, Optional.empty(), Optional.empty(),
                Optional.empty(), false);
    }

    static Call post(Way path, Value body) {
        return of(Method.POST, path, Optional.of(body));
    }

    static Call put(Way path, Value body) {
        return of(Method.PUT, path, Optional.of(body));
    }

    /** A PUT that needs no body: a membership, a scope. */
    static Call put(Way path) {
        return of(Method.PUT, path, Optional.empty());
    }

    static Call delete(Way path) {
        return of(Method.DELETE, path, Optional.empty());
    }

    /** A deletion of the members that the body lists. */
    static Call delete(Way path, Value body) {
        return of(Method.DELETE, path, Optional.of(body));
    }

    /** The same, which makes an object whose id the answer tells. */
    Call making(Address address) {
        return new Call(method, path, query, body, Optional.of(address), Optional.of(address), again, doubles);
    }

    /** The same, which makes an object whose id the answer does not tell. */
    Call makingUnnamed(Address address) {
        return new Call(method, path, query, body, Optional.empty(), Optional.of(address), again, doubles);
    }

    /** The same, completed with what is on the server now. */
    Call reading(Again now) {
        return new Call(method, path, query, body, makes, looksUp, Optional.of(now), doubles);
    }

    /** The same, which is never sent a second time, since nothing would stop the server from doing it twice. */
    Call onlyOnce() {
        return new Call(method, path, query, body, makes, looksUp, again, true);
    }

    Call asking(Map<String, String> more) {
        return new Call(method, path, more, body, makes, looksUp, again, doubles);
    }

    /**
     * Whether it may be under way together with others to the same path: it makes an object of its own and rests on nothing that
     * was read before. New realms come one by one: each also changes what administrators of the master realm may do.
     */
    boolean mayOverlap() {
        return looksUp.isPresent() && again.isEmpty() && !path.segments().isEmpty();
    }

    /** As the transport takes it, once its holes are filled. Calls that make nothing new may be sent twice. */
    Request request(List<String> filledPath, Optional<Value> filledBody) {
        boolean repeatable = !doubles && (method != Method.POST || looksUp.isEmpty());
        return new Request(method, filledPath, new TreeMap<>(query), filledBody, repeatable);
    }

    /** For golden cases and messages: method, path with holes by address, body without secrets. */
    String shown() {
        StringBuilder text = new StringBuilder(method.name());
        text.append(' ');
        for (Value segment : path.segments()) {
            text.append('/').append(Shown.of(segment));
        }
        if (!query.isEmpty()) {
            text.append('?').append(new TreeMap<>(query));
        }
        body.ifPresent(value -> text.append(' ').append(Shown.of(value)));
        again.ifPresent(now -> text.append(" reading again ").append(shown(now)));
        return text.toString();
    }

    private static String shown(Again again) {
        return switch (again) {
            case Again.Fields fields -> new TreeSet<>(fields.maps())
                    + (fields.carry().isEmpty() ? "" : " " + new TreeSet<>(fields.carry()));
            case Again.Member member -> "the list " + member.list();
            case Again.Whole ignored -> "all";
        };
    }

    static List<Call> none() {
        return List.of();
    }
}
