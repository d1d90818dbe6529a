package dev.realmform.keycloak.admin;

import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;

/** Reads a collection page by page: the first alone, since most collections end there, then two and four at once. */
final class Pages {

    private static final int WIDEST = 4;

    private static final Executor THREADS = task -> Thread.ofVirtual().start(task);

    private Pages() {}

    static List<Value.MapOf> read(Admin admin, Request get, int pageSize) {
        List<Value.MapOf> all = new ArrayList<>();
        int page = 0;
        for (int width = 1;; width = Math.min(width * 2, WIDEST)) {
            List<CompletableFuture<List<Value.MapOf>>> wave = wave(admin, get, pageSize, page, width);
            for (CompletableFuture<List<Value.MapOf>> future : wave) {
                List<Value.MapOf> members = answer(future);
                all.addAll(members);
                if (members.size() < pageSize) {
                    return all;
                }
            }
            page += width;
        }
    }

    private static List<CompletableFuture<List<Value.MapOf>>> wave(Admin admin, Request get, int pageSize, int from,
            int width) {
        return IntStream.range(from, from + width)
                .mapToObj(number -> get.with("first", (long) number * pageSize).with("max", pageSize))
                .map(one -> width == 1
                        ? CompletableFuture.completedFuture(admin.list(one))
                        : CompletableFuture.supplyAsync(() -> admin.list(one), THREADS))
                .toList();
    }

    private static List<Value.MapOf> answer(CompletableFuture<List<Value.MapOf>> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
