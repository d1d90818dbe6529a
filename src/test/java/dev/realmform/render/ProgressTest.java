package dev.realmform.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.apply.ApplyEvent;
import dev.realmform.apply.ApplyEvent.Because;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final Address WEB = Address.of("client", "osmo", "osmo-browser-flow");
    private static final Address AUDIT = Address.of("client-role", "osmo", "osmo-browser-flow", "osmo-audit");
    private static final Address GROUP = Address.of("group", "osmo", "Backend Operator");
    private static final Address LEGACY = Address.of("client", "osmo", "legacy");

    /** What happened at a time after the start; a tick where there is no event. */
    private record At(long millis, Optional<ApplyEvent> event) {
        static At event(long millis, ApplyEvent event) {
            return new At(millis, Optional.of(event));
        }

        static At tick(long millis) {
            return new At(millis, Optional.empty());
        }
    }

    private static final List<At> RECORDED = List.of(At.event(0, started(create(WEB))),
            At.event(10, started(delete(LEGACY))),
            At.event(400, new ApplyEvent.Succeeded(create(WEB), Duration.ofMillis(400), false)),
            At.event(405, started(create(AUDIT))), At.tick(600), At.tick(3_000),
            At.event(3_050, new ApplyEvent.Succeeded(delete(LEGACY), Duration.ofMillis(3_040), true)),
            At.tick(10_100),
            At.event(12_905, new ApplyEvent.Failed(create(AUDIT),
                    Problem.failed("the server refuses it: 409 Conflict\nmore", "", ""), Duration.ofMillis(12_500),
                    false)),
            At.event(12_906, new ApplyEvent.Skipped(create(GROUP), new Because.NeededFailed(AUDIT))));

    @Test
    void aLogHasALineForEachEndAndOneThatNamesWhatRuns() {
        assertThat(written(Progress.inLog(look(120, Glyphs.UNICODE), 4, START), RECORDED)).isEqualTo("""
                + client/osmo/osmo-browser-flow  created (0.4 s)
                - client/osmo/legacy  deleted, found after its answer was lost (3.0 s)
                [2/4] 1 running · 00:10  client-role/osmo/osmo-browser-flow/osmo-audit (9 s)
                ! client-role/osmo/osmo-browser-flow/osmo-audit  failed: the server refuses it: 409 Conflict (12 s)
                  group/osmo/Backend Operator  not started: client-role/osmo/osmo-browser-flow/osmo-audit failed
                """);
    }

    @Test
    void theHeartbeatComesEveryTenSecondsWhileSomethingRuns() {
        List<At> log = new ArrayList<>(List.of(At.event(0, started(create(WEB)))));
        for (int i = 1; i <= 350; i++) {
            log.add(At.tick(i * 100L));
        }
        log.add(At.event(35_050, new ApplyEvent.Succeeded(create(WEB), Duration.ofMillis(35_050), false)));
        log.add(At.tick(60_000));

        assertThat(written(Progress.inLog(look(80, Glyphs.UNICODE), 1, START), log)).isEqualTo("""
                [0/1] 1 running · 00:10  client/osmo/osmo-browser-flow (10 s)
                [0/1] 1 running · 00:20  client/osmo/osmo-browser-flow (20 s)
                [0/1] 1 running · 00:30  client/osmo/osmo-browser-flow (30 s)
                + client/osmo/osmo-browser-flow  created (35 s)
                """);
    }

    @Test
    void theHeartbeatComesEvenIfEventsLeaveNoTimeForTicks() {
        List<At> log = new ArrayList<>(List.of(At.event(0, started(create(LEGACY)))));
        for (int i = 0; i < 250; i++) {
            log.add(At.event(i * 100L, started(create(WEB))));
            log.add(At.event(i * 100L, new ApplyEvent.Succeeded(create(WEB), Duration.ZERO, false)));
        }
        String text = written(Progress.inLog(look(80, Glyphs.UNICODE), 251, START), log);

        assertThat(text.lines().filter(line -> line.startsWith("["))).hasSize(2)
                .allMatch(line -> line.contains("client/osmo/legacy"));
    }

    @Test
    void theHeartbeatNamesWhatFits() {
        List<At> log = new ArrayList<>(
                IntStream.range(0, 20)
                        .mapToObj(i -> At.event(0, started(create(Address.of("role", "r", "n" + i)))))
                        .toList());
        log.add(At.tick(10_000));

        assertThat(written(Progress.inLog(look(80, Glyphs.UNICODE), 20, START), log)).isEqualTo(
                "[0/20] 20 running · 00:10  role/r/n0 (10 s), role/r/n1 (10 s), … 18 more\n");
        assertThat(written(Progress.inLog(look(40, Glyphs.ASCII), 20, START), log)).isEqualTo(
                "[0/20] 20 running - 00:10  role/r/n0 (10 s), ... 19 more\n");
    }

    @Test
    void onATerminalFinishedLinesStayAboveWhatRunsAndTheStatus() {
        List<String> screens = screens(Progress.onTerminal(look(80, Glyphs.UNICODE), 12, START), RECORDED, 80);

        assertThat(screens.getFirst()).isEqualTo("""
                  client/osmo/osmo-browser-flow  creating, 0 s
                [0/12] 1 running · 00:00
                """);
        assertThat(screens).contains("""
                + client/osmo/osmo-browser-flow  created (0.4 s)
                  client/osmo/legacy  deleting, 2 s
                  client-role/osmo/osmo-browser-flow/osmo-audit  creating, 2 s
                [1/12] 2 running · 00:03
                """);
        assertThat(screens.getLast()).isEqualTo("""
                + client/osmo/osmo-browser-flow  created (0.4 s)
                - client/osmo/legacy  deleted, found after its answer was lost (3.0 s)
                ! client-role/osmo/osmo-browser-flow/osmo-audit  failed: the server refuses it:
                  409 Conflict (12 s)
                  group/osmo/Backend Operator  not started:
                  client-role/osmo/osmo-browser-flow/osmo-audit failed
                """);
    }

    @Test
    void theStatusCountsWhatFailedAndWhatWasNotStarted() {
        List<At> log = new ArrayList<>(RECORDED);
        log.add(At.tick(13_100));
        List<String> screens = screens(Progress.onTerminal(look(120, Glyphs.ASCII), 12, START), log, 120);

        assertThat(screens.get(screens.size() - 2)).endsWith("\n[4/12] 0 running - 1 failed - 1 not started - 00:13\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 80, 120})
    void noRowOfATerminalIsWiderThanItIs(int width) {
        for (Glyphs glyphs : Glyphs.values()) {
            List<String> screens = screens(Progress.onTerminal(look(width, glyphs), 4, START), RECORDED, width);

            assertThat(String.join("", screens).lines())
                    .allSatisfy(row -> assertThat(Columns.of(row)).isLessThanOrEqualTo(width));
            assertThat(screens.getLast().replaceAll("\\s", "")).contains("created(0.4s)", "409Conflict",
                    "osmo-auditfailed");
        }
    }

    @Test
    void whatIsDrawnAgainIsCutToOneRow() {
        List<At> log = List.of(At.event(0, started(create(AUDIT))), At.tick(1_000), At.tick(2_000));

        assertThat(screens(Progress.onTerminal(look(40, Glyphs.UNICODE), 1, START), log, 40).get(2)).isEqualTo("""
                  client-role/osmo/osmo-browser-flow/o…
                [0/1] 1 running · 00:02
                """);
        assertThat(screens(Progress.onTerminal(look(40, Glyphs.ASCII), 1, START), log, 40).get(2)).isEqualTo("""
                  client-role/osmo/osmo-browser-flow...
                [0/1] 1 running - 00:02
                """);
    }

    @Test
    void aTerminalIsDrawnAtMostTenTimesASecondAndLosesNoLine() {
        Progress progress = Progress.onTerminal(look(80, Glyphs.UNICODE), 2_000, START);
        Screen screen = new Screen(80);
        int drawings = 0;
        for (int i = 0; i < 2_000; i++) {
            Change change = create(Address.of("role", "r", "n" + i));
            for (ApplyEvent event : List.of(started(change), new ApplyEvent.Succeeded(change, Duration.ZERO, false))) {
                Progress.Frame frame = progress.on(event, START.plusMillis(i));
                progress = frame.next();
                drawings += frame.text().isEmpty() ? 0 : 1;
                screen.write(frame.text());
            }
        }
        screen.write(progress.end(START.plusMillis(2_000)).text());

        assertThat(drawings).isBetween(15, 20);
        assertThat(screen.text().lines()).hasSize(2_000).allMatch(line -> line.startsWith("+ role/r/n"));
    }

    @Test
    void whereManyRunTheFirstAreShownAndTheOthersCounted() {
        List<At> log = new ArrayList<>(
                IntStream.range(0, 20)
                        .mapToObj(i -> At.event(0, started(create(Address.of("role", "r", "n" + i)))))
                        .toList());
        log.add(At.tick(1_000));
        List<String> screens = screens(Progress.onTerminal(look(80, Glyphs.UNICODE), 20, START), log, 80);

        assertThat(screens.get(screens.size() - 2)).hasLineCount(10)
                .contains("  role/r/n7  creating, 1 s\n  … 12 more\n[0/20] 20 running · 00:01\n");
    }

    @Test
    void anInterruptFloodsNeitherATerminalNorALog() {
        List<At> log = List.of(At.event(0, new ApplyEvent.Skipped(create(WEB), new Because.Interrupted())));

        assertThat(screens(Progress.onTerminal(look(80, Glyphs.UNICODE), 1, START), log, 80).getLast()).isEmpty();
        assertThat(written(Progress.inLog(look(80, Glyphs.UNICODE), 1, START), log))
                .isEmpty();
    }

    @Test
    void hostileNamesAndMessagesCannotMoveTheCursor() {
        Change change = create(Address.of("client", "r", "a\u001b[2J\nb"));
        List<At> log = List.of(At.event(0, started(change)), At.event(200, new ApplyEvent.Failed(change,
                Problem.failed("\u001b[31mgone", "", ""), Duration.ZERO, false)));
        String text = written(Progress.inLog(look(80, Glyphs.UNICODE), 1, START), log);

        assertThat(text).doesNotContain("\u001b").hasLineCount(1);
    }

    @Test
    void anHourIsShownAsOne() {
        assertThat(ProgressWords.clock(Duration.ofSeconds(3_607))).isEqualTo("1:00:07");
        assertThat(ProgressWords.took(Duration.ofMillis(9_999))).isEqualTo("9.9 s");
        assertThat(ProgressWords.took(Duration.ofSeconds(59))).isEqualTo("59 s");
        assertThat(ProgressWords.took(Duration.ofSeconds(65))).isEqualTo("01:05");
    }

    private static String written(Progress progress, List<At> log) {
        StringBuilder text = new StringBuilder();
        frames(progress, log).forEach(text::append);
        return text.toString();
    }

    private static List<String> screens(Progress progress, List<At> log, int width) {
        Screen screen = new Screen(width);
        List<String> screens = new ArrayList<>();
        for (String text : frames(progress, log)) {
            screen.write(text);
            screens.add(screen.text());
        }
        return screens;
    }

    private static List<String> frames(Progress start, List<At> log) {
        Progress progress = start;
        List<String> texts = new ArrayList<>();
        Instant now = START;
        for (At at : log) {
            now = START.plusMillis(at.millis());
            Progress.Frame frame = at.event().isPresent() ? progress.on(at.event().get(), now) : progress.tick(now);
            progress = frame.next();
            texts.add(frame.text());
        }
        texts.add(progress.end(now).text());
        return texts;
    }

    private static Look look(int width, Glyphs glyphs) {
        return new Look(width, Look.Color.PLAIN, glyphs, Look.Detail.FOLDED);
    }

    private static ApplyEvent started(Change change) {
        return new ApplyEvent.Started(change, START);
    }

    private static Change create(Address address) {
        Resource resource = Resource.live(address, Value.EMPTY_MAP);
        return new Change.Create(resource, resource);
    }

    private static Change delete(Address address) {
        return new Change.Delete(Resource.live(address, Value.EMPTY_MAP), Change.Delete.DeleteReason.LEFT_THE_FILE,
                Optional.empty());
    }

    /** A terminal as far as progress uses one: rows, up, erase to the end. A row that is too long wraps, as real ones do. */
    private static final class Screen {
        private final int width;
        private final List<String> rows = new ArrayList<>();

        private Screen(int width) {
            this.width = width;
        }

        private void write(String text) {
            String rest = text;
            if (rest.startsWith("\u001b[")) {
                int up = Integer.parseInt(rest.substring(2, rest.indexOf('A')));
                rows.subList(rows.size() - up, rows.size()).clear();
                rest = rest.substring(rest.indexOf('J') + 1);
            }
            assertThat(rest).doesNotContain("\u001b");
            for (String row : rest.lines().toList()) {
                String left = row;
                while (Columns.of(left) > width) {
                    rows.add(Columns.head(left, width));
                    left = left.substring(rows.getLast().length());
                }
                rows.add(left);
            }
        }

        private String text() {
            return String.join("", rows.stream().map(row -> row + "\n").toList());
        }
    }
}
