package dev.realmform.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The requests of one recorded run, ready to be sent again, with what each of them has to wait for:
 *
 * <ul>
 * <li>the answer that made an id or a token that it holds,
 * <li>the creation of what it calls by name,
 * <li>what was sent to the same address before, unless both only read or both only add,
 * <li>if it reads the executions of a flow: what was written into the flows inside it, whose names begin with its own,
 * <li>if it writes into a flow: who has read the executions of the flows around it,
 * <li>if it writes: all reads before the first write, since the run planned first,
 * <li>if it is no call of the admin API (a logout): all that was answered before it.
 * </ul>
 *
 * Nothing waits for what was not answered, in the recording, before it was sent. Apart from that the order is free.
 */
record Script(List<Step> steps) {

    Script {
        steps = List.copyOf(steps);
    }

    /** From exchanges in the order of arrival. */
    static Script of(List<Exchange> recorded) {
        return new Writer(recorded).script();
    }

    /** Whoever wants to know how many: the same requests as were recorded, no more and no less. */
    int size() {
        return steps.size();
    }

    private static final class Writer {

        private static final String EXECUTIONS = "/executions";

        private final List<Exchange> recorded;
        private final Map<String, Integer> makerOfId = new HashMap<>();
        private final List<References> references;
        private final Map<String, List<Integer>> makersOfName = new HashMap<>();
        private final Map<String, List<Integer>> atAddress = new HashMap<>();
        private final long firstWrite;

        Writer(List<Exchange> recorded) {
            this.recorded = recorded;
            this.references = recorded.stream().map(References::of).toList();
            this.firstWrite = recorded.stream()
                    .filter(Exchange::isWrite)
                    .mapToLong(Exchange::began)
                    .min()
                    .orElse(Long.MAX_VALUE);
        }

        Script script() {
            findMakersOfIds();
            for (int i = 0; i < recorded.size(); i++) {
                int number = i;
                references.get(i)
                        .makes()
                        .forEach(name -> makersOfName.computeIfAbsent(name, _ -> new ArrayList<>()).add(number));
                atAddress.computeIfAbsent(recorded.get(i).path(), _ -> new ArrayList<>()).add(number);
            }
            List<Set<String>> held = recorded.stream().map(this::idsToFill).toList();
            Set<Integer> makers = held.stream().flatMap(Set::stream).map(this::maker).collect(Collectors.toSet());
            List<Step> steps = new ArrayList<>();
            for (int i = 0; i < recorded.size(); i++) {
                steps.add(step(i, held.get(i), makers.contains(i)));
            }
            return new Script(steps);
        }

        private Step step(int number, Set<String> ids, boolean makes) {
            Exchange exchange = recorded.get(number);
            return new Step(number, exchange.method(), Template.of(exchange.target(), ids),
                    exchange.authorization().map(text -> Template.of(text, ids)), exchange.contentType(),
                    Template.of(exchange.body(), ids), exchange.status(), waitsFor(number, ids),
                    isOpening(exchange),
                    makes ? Optional.of(new Step.Answer(exchange.location(), exchange.answer())) : Optional.empty());
        }

        private boolean isOpening(Exchange exchange) {
            return exchange.began() < firstWrite;
        }

        /**
         * An id is new if the first to name it was the answer to a login or to a creation; or, once the run has created the
         * realm, any answer. One that a request named first was chosen by the client, and stays.
         */
        private void findMakersOfIds() {
            long realmMade = recorded.stream()
                    .filter(Exchange::createsRealm)
                    .mapToLong(Exchange::began)
                    .min()
                    .orElse(Long.MAX_VALUE);
            Set<String> chosen = new HashSet<>();
            moments().forEach(moment -> {
                Exchange exchange = recorded.get(moment.number());
                if (!moment.answered()) {
                    idsSent(exchange).filter(id -> !makerOfId.containsKey(id)).forEach(chosen::add);
                } else if (!exchange.isRead() || exchange.began() >= realmMade) {
                    idsAnswered(exchange).filter(id -> !chosen.contains(id))
                            .forEach(id -> makerOfId.putIfAbsent(id, moment.number()));
                }
            });
        }

        /** When a request was there, or its answer. */
        private record Moment(int number, long at, boolean answered) {}

        private List<Moment> moments() {
            List<Moment> moments = new ArrayList<>();
            for (int i = 0; i < recorded.size(); i++) {
                moments.add(new Moment(i, recorded.get(i).began(), false));
                moments.add(new Moment(i, recorded.get(i).ended(), true));
            }
            moments.sort(Comparator.comparingLong(Moment::at));
            return moments;
        }

        private static Stream<String> idsSent(Exchange exchange) {
            return Stream.concat(Stream.of(exchange.target(), exchange.body()), exchange.authorization().stream())
                    .flatMap(text -> Ids.in(text).stream());
        }

        private static Stream<String> idsAnswered(Exchange exchange) {
            return Stream.concat(Stream.of(exchange.answer()), exchange.location().stream())
                    .flatMap(text -> Ids.in(text).stream());
        }

        private Integer maker(String id) {
            Integer number = makerOfId.get(id);
            if (number == null) {
                throw new IllegalArgumentException("nobody made " + id);
            }
            return number;
        }

        private Set<String> idsToFill(Exchange exchange) {
            return idsSent(exchange).filter(makerOfId::containsKey)
                    .filter(id -> recorded.get(maker(id)).precedes(exchange))
                    .collect(Collectors.toSet());
        }

        private Set<Integer> waitsFor(int number, Set<String> ids) {
            Exchange exchange = recorded.get(number);
            Set<Integer> before = new HashSet<>();
            ids.forEach(id -> before.add(maker(id)));
            references.get(number)
                    .relies()
                    .forEach(name -> before.addAll(makersOfName.getOrDefault(name, List.of())));
            atAddress.getOrDefault(exchange.path(), List.of())
                    .stream()
                    .filter(other -> keepOrder(recorded.get(other), exchange))
                    .forEach(before::add);
            if (exchange.isRead() && exchange.path().endsWith(EXECUTIONS)) {
                before.addAll(writesInside(exchange));
            }
            if (exchange.isWrite()) {
                before.addAll(readsAround(exchange));
            }
            if (!exchange.isAdmin()) {
                before.addAll(Stream.iterate(0, i -> i < number, i -> i + 1).toList());
            }
            before.removeIf(other -> other >= number || !recorded.get(other).precedes(exchange));
            return before;
        }

        /** The server answers 500 when it is asked for a flow while a part of it is being written (26.7.3). */
        private List<Integer> writesInside(Exchange reading) {
            return numbers(other -> other.isWrite() && isInside(other, reading));
        }

        private List<Integer> readsAround(Exchange writing) {
            return numbers(other -> other.isRead() && other.path().endsWith(EXECUTIONS) && isInside(writing, other));
        }

        private static boolean isInside(Exchange writing, Exchange reading) {
            String flow = reading.path().substring(0, reading.path().length() - EXECUTIONS.length());
            return writing.path().startsWith(flow);
        }

        private List<Integer> numbers(Predicate<Exchange> which) {
            return Stream.iterate(0, i -> i < recorded.size(), i -> i + 1)
                    .filter(i -> which.test(recorded.get(i)))
                    .toList();
        }

        private static boolean keepOrder(Exchange one, Exchange other) {
            boolean bothRead = one.isRead() && other.isRead();
            boolean adds = other.method().equals("POST") && (one.isRead() || one.method().equals("POST"));
            return !bothRead && !adds;
        }
    }
}
