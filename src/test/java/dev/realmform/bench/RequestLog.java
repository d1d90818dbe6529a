package dev.realmform.bench;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The requests that one run of realmform says that it sent ({@code --verbose}). */
record RequestLog(List<Call> calls) {

    private static final Pattern LINE = Pattern
            .compile("(GET|HEAD|POST|PUT|DELETE|PATCH) (/\\S*) (\\d{3}|.*) (\\d+) ms(?: \\(attempt \\d+\\))?");

    /** A line of the log; the outcome is the status, if there was an answer. */
    record Call(String method, String target, String outcome, Duration took) {

        boolean isWrite() {
            return !method.equals("GET") && target.startsWith("/admin/");
        }

        boolean makesRealm() {
            return method.equals("POST") && target.equals("/admin/realms") && outcome.equals("201");
        }

        /** But for the time. */
        String asTold() {
            return method + " " + target + " " + outcome;
        }

        /** What sort of request it is: the path without ids, names and query. */
        String sort() {
            String path = target.replaceFirst("\\?.*", "").replaceFirst("^/(admin/)?realms/[^/]+", "");
            String sort = Ids.PATTERN.matcher(path).replaceAll("{id}").replaceAll("[^/{]*\\d[^/]*", "{name}");
            return method + " " + (sort.isEmpty() ? "/" : sort);
        }
    }

    RequestLog {
        calls = List.copyOf(calls);
    }

    static RequestLog of(Collection<String> lines) {
        return new RequestLog(lines.stream()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .map(line -> new Call(line.group(1), line.group(2), line.group(3),
                        Duration.ofMillis(Long.parseLong(line.group(4)))))
                .toList());
    }

    static RequestLog ofExchanges(List<Exchange> exchanges) {
        return new RequestLog(exchanges.stream()
                .map(exchange -> new Call(exchange.method(), exchange.target(), String.valueOf(exchange.status()),
                        Duration.ofNanos(exchange.ended() - exchange.began())))
                .toList());
    }

    int size() {
        return calls.size();
    }

    List<Call> writes() {
        return calls.stream().filter(Call::isWrite).toList();
    }

    /** How many of each method. */
    SortedMap<String, Long> byMethod() {
        return counted(Call::method);
    }

    /** How many of each sort. */
    SortedMap<String, Long> bySort() {
        return counted(Call::sort);
    }

    /** The same requests with the same outcomes, in whatever order? */
    boolean agreesWith(RequestLog other) {
        return counted(Call::asTold).equals(other.counted(Call::asTold));
    }

    /** What the requests that made a realm took; none if there was none. */
    Duration makingTheRealm() {
        return calls.stream().filter(Call::makesRealm).map(Call::took).reduce(Duration.ZERO, Duration::plus);
    }

    private SortedMap<String, Long> counted(Function<Call, String> by) {
        return calls.stream().collect(Collectors.groupingBy(by, TreeMap::new, Collectors.counting()));
    }
}
