package dev.realmform.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends the requests of a script again, over a number of connections, each as soon as what it waits for is answered. The
 * realm has to be in the state in which the recorded run found it.
 */
final class Replay {

    private static final String REALMS = "/admin/realms";

    private final Script script;
    private final BareClient client;
    private final Agenda agenda;
    private final Map<String, String> ids = new ConcurrentHashMap<>();
    private final AtomicLong makingTheRealm = new AtomicLong();

    private Replay(Script script, BareClient client) {
        this.script = script;
        this.client = client;
        this.agenda = new Agenda(script.steps());
    }

    /**
     * How long it took, from before the first request is sent until the last answer is read; without the request that made
     * the realm, for which all others waited.
     */
    static Duration time(Script script, URI server, int connections) throws IOException, InterruptedException {
        try (BareClient client = new BareClient(server)) {
            Replay replay = new Replay(script, client);
            long start = System.nanoTime();
            replay.run(connections);
            return Duration.ofNanos(System.nanoTime() - start - replay.makingTheRealm.get());
        }
    }

    private void run(int connections) throws IOException, InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                workers.add(threads.submit(this::work));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("the replay is not what was recorded: " + e.getMessage(), e);
        }
    }

    private Void work() throws IOException, InterruptedException {
        boolean done = false;
        try {
            for (Optional<Step> next = agenda.next(); next.isPresent(); next = agenda.next()) {
                send(next.get());
                agenda.answered(next.get());
            }
            done = true;
        } finally {
            if (!done) {
                agenda.giveUp();
            }
        }
        return null;
    }

    private void send(Step step) throws IOException {
        String target = step.target().filled(ids);
        long began = System.nanoTime();
        BareClient.Reply reply = client.send(step.method(), target, step.authorization().map(text -> text.filled(ids)),
                step.contentType(), step.body().filled(ids));
        if (reply.status() != step.status()) {
            throw new IOException(step.method() + " " + target + " was answered " + step.status() + ", and now "
                    + reply.status() + ": " + reply.body());
        }
        if (step.method().equals("POST") && target.equals(REALMS)) {
            makingTheRealm.addAndGet(System.nanoTime() - began);
        }
        step.makes().ifPresent(recorded -> learn(recorded, reply));
    }

    private void learn(Step.Answer recorded, BareClient.Reply reply) {
        Ids.pair(References.json(recorded.body()), References.json(reply.body()), ids::put);
        if (recorded.location().isPresent() && reply.location().isPresent()) {
            ids.put(Ids.ofLocation(recorded.location().get()), Ids.ofLocation(reply.location().get()));
        }
    }

    int size() {
        return script.size();
    }
}
