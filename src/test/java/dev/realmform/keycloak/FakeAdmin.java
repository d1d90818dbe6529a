package dev.realmform.keycloak;

import dev.realmform.json.Json;
import dev.realmform.keycloak.admin.Admin;
import dev.realmform.keycloak.admin.Answer;
import dev.realmform.keycloak.admin.Request;
import dev.realmform.model.Problem;
import dev.realmform.model.Value;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/** A server by script: what it answers to each request, one after the other; the last answer stays. Others are 404. */
final class FakeAdmin implements Admin {

    private final Map<String, Queue<Answer>> script = new HashMap<>();
    private String claims = """
                {"iss": "https://sso.example.com/realms/retail", "azp": "realmform", "sub": "1",
                 "preferred_username": "service-account-realmform", "realm_access": {"roles": ["operator"]},
                 "resource_access": {"realm-management": {"roles": ["manage-realm"]}, "pay": {"roles": ["read"]}}}""";
    private boolean breaks;
    private final List<String> sent = Collections.synchronizedList(new ArrayList<>());

    FakeAdmin answers(String request, int status, String json) {
        return then(request, new Answer.Answered(status, json.isEmpty() ? Value.NULL : Json.parse(json),
                Optional.empty()));
    }

    FakeAdmin creates(String request, String id) {
        return then(request, new Answer.Answered(201, Value.NULL, Optional.of(id)));
    }

    FakeAdmin loses(String request) {
        return then(request, new Answer.Lost(new Problem(Problem.Kind.UNREACHABLE, "the answer was lost", "", "",
                Optional.empty())));
    }

    /** Once its script is at an end, it cannot be reached. */
    FakeAdmin breaksAfterwards() {
        breaks = true;
        return this;
    }

    private FakeAdmin then(String request, Answer answer) {
        script.computeIfAbsent(request, key -> new ArrayDeque<>()).add(answer);
        return this;
    }

    /** What was sent, in order: method and path, and the body if there is one. */
    List<String> sent() {
        return List.copyOf(sent);
    }

    /** What was sent that writes. */
    List<String> written() {
        return sent().stream().filter(request -> !request.startsWith("GET ")).toList();
    }

    @Override
    public synchronized Answer send(Request request) {
        String line = request.toString().replace("/admin/realms", "");
        sent.add(line + request.body().map(body -> " " + Json.compact(body, Json.Secrets.HIDE)).orElse(""));
        Queue<Answer> answers = script.getOrDefault(line, new ArrayDeque<>());
        Answer answer = answers.size() > 1 ? answers.remove() : answers.peek();
        if (breaks && answer == null) {
            throw new Problem(Problem.Kind.UNREACHABLE, "nobody answers", "", "", Optional.empty()).asException();
        }
        return answer != null ? answer : new Answer.Answered(404, Value.NULL, Optional.empty());
    }

    @Override
    public List<Value.MapOf> pages(Request get, int pageSize) {
        return list(get);
    }

    @Override
    public String address() {
        return "https://sso.example.com";
    }

    @Override
    public Optional<Value.MapOf> published(String realm, String path) {
        return Optional.of(Value.EMPTY_MAP.with("issuer", Value.text(address() + "/realms/" + realm)));
    }

    /** What the token says in place of the usual. */
    FakeAdmin saying(String json) {
        claims = json;
        return this;
    }

    @Override
    public Value.MapOf claims() {
        return (Value.MapOf) Json.parse(claims);
    }

    @Override
    public Value.MapOf serverInfo() {
        return Value.EMPTY_MAP;
    }

    @Override
    public boolean isThere() {
        return true;
    }

    @Override
    public void awaitServer(Duration atMost) {
        // It is always there.
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
