package dev.realmform.keycloak;

import dev.realmform.keycloak.admin.Admin;
import dev.realmform.keycloak.admin.Request;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Reads from one server, in parallel. The same request is sent once, however many ask: a reader lives for one reading of
 * the live state, or for one look.
 */
final class Reader {

    /** For collections that Keycloak cuts off otherwise: users and members after 100, subgroups after 10. */
    static final Map<String, String> WHOLE = Map.of("briefRepresentation", "false", "max", "-1");

    /** On a page. */
    private static final int MEMBERS = 500;

    /**
     * Twice as many as requests may be under way at most, so that parts of any size keep all of them busy. A thread for each of ten
     * thousand users costs more than looking at them.
     */
    private static final int AT_ONCE = 128;

    private final Admin admin;
    private final Optional<ServerVersion> said;
    private final Map<List<Object>, CompletableFuture<Optional<Value>>> answers = new ConcurrentHashMap<>();

    private Optional<Value.MapOf> serverInfo = Optional.empty();

    Reader(Admin admin) {
        this(admin, Optional.empty());
    }

    /** @param said the version of the server, if somebody has said it: the server is not asked for it then */
    Reader(Admin admin, Optional<ServerVersion> said) {
        this.admin = admin;
        this.said = said;
    }

    /** The realm of the login: the one that can be looked at for what holds in every realm. */
    String home() {
        return Login.of(admin.claims()).realm();
    }

    /** Whatever the server answers; empty if it says that there is nothing. */
    Optional<Value> value(String... path) {
        return get(Request.get(path));
    }

    /** One object; empty if the server says that there is none. */
    Optional<Value.MapOf> object(String... path) {
        return get(Request.get(path)).map(value -> value instanceof Value.MapOf map ? map : Value.EMPTY_MAP);
    }

    /** The same with parameters. */
    Optional<Value.MapOf> objectAsked(Map<String, String> query, String... path) {
        return get(asked(query, path)).map(value -> value instanceof Value.MapOf map ? map : Value.EMPTY_MAP);
    }

    /** A list of objects; empty if the server says that there is none. */
    List<Value.MapOf> objects(Map<String, String> query, String... path) {
        return objects(asked(query, path));
    }

    private static Request asked(Map<String, String> query, String... path) {
        Request request = Request.get(path);
        for (Map.Entry<String, String> parameter : query.entrySet()) {
            request = request.with(parameter.getKey(), parameter.getValue());
        }
        return request;
    }

    private List<Value.MapOf> objects(Request request) {
        List<Value.MapOf> maps = new ArrayList<>();
        if (get(request).orElse(Value.NULL) instanceof Value.ListOf list) {
            list.items().forEach(item -> {
                if (item instanceof Value.MapOf map) {
                    maps.add(map);
                }
            });
        }
        return maps;
    }

    List<Value.MapOf> objects(String... path) {
        return objects(Map.of(), path);
    }

    /** A collection from a place on, page by page until one is not full. */
    List<Value.MapOf> pages(int first, int size, Map<String, String> query, String... path) {
        return pages(first, size, asked(query, path));
    }

    private List<Value.MapOf> pages(int first, int size, Request request) {
        List<Value.MapOf> all = new ArrayList<>();
        List<Value.MapOf> page;
        do {
            page = page(first + all.size(), size, request);
            all.addAll(page);
        } while (page.size() >= size);
        return all;
    }

    /** One page of a collection. */
    List<Value.MapOf> page(int first, int size, Map<String, String> query, String... path) {
        return page(first, size, asked(query, path));
    }

    private List<Value.MapOf> page(int first, int size, Request request) {
        return objects(request.with("first", first).with("max", size));
    }

    /** The members of a group, of which no more than id and user name is kept: in a large realm they are most of all answers. */
    List<Value.MapOf> members(String realm, String group) {
        return pages(0, MEMBERS, Request.get(realm, "groups", group, "members")
                .with("briefRepresentation", "true")
                .keeping("id", "username"));
    }

    /** What the server tells this login about itself; empty if it tells nothing. */
    synchronized Value.MapOf serverInfo() {
        if (serverInfo.isEmpty()) {
            serverInfo = Optional.of(admin.serverInfo());
        }
        return serverInfo.get();
    }

    /** The server's version; empty if nobody tells it, and then it counts as a new one. */
    Optional<ServerVersion> version() {
        return said.or(() -> ServerVersion.told(serverInfo()));
    }

    /** Whether the server is known to be of a version such as {@code 26.4}, or an older one. */
    boolean isUpTo(String version) {
        return version().filter(server -> server.isUpTo(version)).isPresent();
    }

    /** What messages call it: {@code Keycloak 26.4.7}, or {@code the server}. */
    String serverName() {
        return version().map(ServerVersion::toString).orElse("the server");
    }

    private Optional<Value> get(Request request) {
        CompletableFuture<Optional<Value>> mine = new CompletableFuture<>();
        CompletableFuture<Optional<Value>> first = answers.putIfAbsent(List.of(request.path(), request.query()), mine);
        if (first != null) {
            return joined(first);
        }
        try {
            mine.complete(admin.find(request));
        } catch (RuntimeException e) {
            mine.completeExceptionally(e);
        }
        return joined(mine);
    }

    private static Optional<Value> joined(CompletableFuture<Optional<Value>> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /**
     * Does something for each item, many at once (the transport bounds the requests), and throws the first failure, in the order
     * of the items.
     */
    <T> void each(Collection<T> items, Consumer<T> action) {
        if (items.size() == 1) {
            items.forEach(action);
            return;
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            parts(List.copyOf(items)).forEach(part -> running.add(threads.submit(() -> part.forEach(action))));
            try {
                for (Future<?> one : running) {
                    one.get();
                }
            } catch (ExecutionException e) {
                threads.shutdownNow();
                throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                threads.shutdownNow();
                Thread.currentThread().interrupt();
                throw new Problem(Problem.Kind.INTERRUPTED, "interrupted while reading", "", "", Optional.of(e))
                        .asException();
            }
        }
    }

    /** Neighbours together, in as many parts as are worth a thread. */
    private static <T> List<List<T>> parts(List<T> items) {
        List<List<T>> parts = new ArrayList<>();
        int size = Math.ceilDiv(items.size(), AT_ONCE);
        for (int from = 0; from < items.size(); from += size) {
            parts.add(items.subList(from, Math.min(from + size, items.size())));
        }
        return parts;
    }

    /** The answer to a question; empty if this login may not ask it. */
    static <T> Optional<T> ifAllowed(Supplier<T> question) {
        try {
            return Optional.of(question.get());
        } catch (ProblemException e) {
            if (e.problems().getFirst().kind() == Problem.Kind.FORBIDDEN) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
