package dev.realmform.cli;

import dev.realmform.kubernetes.KubernetesProvider;
import dev.realmform.model.Address;
import dev.realmform.model.Plan;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Whether people who ask for Keycloak by its name get to its Ingress, and meet a certificate that is good for it. What is not so
 * is told with the plan and stops nothing: a pipeline may see another network than they do.
 *
 * @param street   the network in front of it
 * @param patience how long it may take, for all names together
 */
record FrontDoor(Street street, InstantSource clock, Duration patience) {

    static final Duration PATIENCE = Duration.ofSeconds(3);

    /** A name, the Ingress that it should lead to, and where that says it is: addresses and names; nothing if it does not say. */
    private record Door(String host, Address ingress, List<String> published) {}

    /**
     * What is to be said of the Ingresses of Keycloak that files declare and that are there.
     *
     * @param objects an object as the cluster has it now, with its status
     */
    List<Plan.Notice> notices(Collection<Resource> declared, Function<Address, Optional<Value.MapOf>> objects) {
        List<Door> doors = declared.stream()
                .filter(resource -> resource.address().type().equals("Ingress")
                        && KubernetesProvider.isOfKeycloak(resource))
                .flatMap(resource -> doors(resource, objects).stream())
                .toList();
        return doors.isEmpty() ? List.of() : within(doors);
    }

    private static List<Door> doors(Resource declared, Function<Address, Optional<Value.MapOf>> objects) {
        Optional<Value.MapOf> live;
        try {
            live = objects.apply(declared.address());
        } catch (ProblemException e) {
            // What this login may not see, the plan has said already, or does not need.
            return List.of();
        }
        Set<String> published = new LinkedHashSet<>();
        live.ifPresent(object -> maps(object.map("status").map("loadBalancer").list("ingress")).forEach(point -> {
            point.text("ip").ifPresent(published::add);
            point.text("hostname").ifPresent(published::add);
        }));
        return live.isEmpty() ? List.of()
                : maps(declared.value().map("spec").list("rules")).stream()
                        .flatMap(rule -> rule.text("host").stream())
                        .filter(host -> !host.isEmpty() && !host.startsWith("*"))
                        .map(host -> new Door(host, declared.address(), List.copyOf(published)))
                        .toList();
    }

    private static List<Value.MapOf> maps(List<Value> items) {
        return items.stream().filter(Value.MapOf.class::isInstance).map(Value.MapOf.class::cast).toList();
    }

    /** All at once; who is not back in time is not waited for. */
    private List<Plan.Notice> within(List<Door> doors) {
        List<Plan.Notice> notices = new ArrayList<>();
        // Not closed: that would wait for a look-up that hangs.
        ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory());
        List<Future<List<Plan.Notice>>> looks = doors.stream().map(door -> threads.submit(() -> at(door))).toList();
        long end = System.nanoTime() + patience.toNanos();
        for (int i = 0; i < doors.size(); i++) {
            try {
                notices.addAll(looks.get(i).get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS));
            } catch (TimeoutException e) {
                notices.add(
                        new Plan.Notice.General("where " + doors.get(i).host() + " leads to was not found out within "
                                + patience.toSeconds() + " s"));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            } catch (ExecutionException e) {
                throw new IllegalStateException("a look at the front door tells what goes wrong", e);
            }
        }
        threads.shutdownNow();
        return notices;
    }

    private List<Plan.Notice> at(Door door) {
        List<InetAddress> found = street.resolve(door.host());
        String named = String.join(", ", door.published());
        if (found.isEmpty()) {
            return List.of(new Plan.Notice.General(door.host() + " does not resolve here"
                    + (named.isEmpty() ? ""
                            : ": its DNS record has to lead to " + named + ", where " + door.ingress()
                                    + " is")));
        }
        List<Plan.Notice> notices = new ArrayList<>();
        Set<InetAddress> expected = door.published()
                .stream()
                .flatMap(point -> street.resolve(point).stream())
                .collect(Collectors.toSet());
        if (!expected.isEmpty() && found.stream().noneMatch(expected::contains)) {
            notices.add(warning(door, door.host() + " leads to " + found.stream()
                    .map(InetAddress::getHostAddress)
                    .collect(Collectors.joining(", ")) + ", and the Ingress is at " + named
                    + ": correct its DNS record, unless a proxy stands in between"));
        }
        street.certificate(door.host(), found.getFirst(), patience)
                .ifPresent(certificate -> about(door, certificate, notices));
        return notices;
    }

    private void about(Door door, X509Certificate certificate, List<Plan.Notice> notices) {
        Instant now = clock.instant();
        Set<String> names = CertificateNames.of(certificate);
        if (!CertificateNames.cover(names, door.host())) {
            notices.add(warning(door, "the certificate that " + door.host() + " shows is not for it, but for "
                    + (names.isEmpty() ? "no host" : String.join(", ", new TreeSet<>(names)))
                    + ": browsers refuse it"));
        }
        if (now.isAfter(certificate.getNotAfter().toInstant())) {
            notices.add(warning(door, "the certificate that " + door.host() + " shows has been out of date since "
                    + day(certificate.getNotAfter().toInstant()) + ": browsers refuse it"));
        } else if (now.isBefore(certificate.getNotBefore().toInstant())) {
            notices.add(warning(door, "the certificate that " + door.host() + " shows is good only from "
                    + day(certificate.getNotBefore().toInstant()) + " on"));
        }
    }

    private static String day(Instant instant) {
        return instant.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }

    private static Plan.Notice warning(Door door, String text) {
        return new Plan.Notice.Warning(Optional.of(door.ingress()), text);
    }
}
