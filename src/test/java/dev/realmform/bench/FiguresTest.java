package dev.realmform.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is made of what was measured. */
class FiguresTest {

    private static final RequestLog READS = RequestLog.of(List.of("a word of warning",
            "POST /realms/master/protocol/openid-connect/token 200 80 ms",
            "GET /admin/realms/bench-small/clients?max=-1 200 12 ms",
            "GET /admin/realms/bench-small/groups/" + Recorded.id(1) + "/members?max=-1 200 3 ms",
            "GET /admin/realms/bench-small/roles/role-0001 404 3 ms",
            "GET /admin/realms/bench-small/roles/role-0002 200 3 ms (attempt 2)"));
    private static final RequestLog WRITES = RequestLog
            .of(List.of("PUT /admin/realms/bench-small/clients/" + Recorded.id(1) + " 204 9 ms"));

    @Test
    void theLogIsCountedByMethodAndBySort() {
        assertThat(READS.byMethod()).containsEntry("GET", 4L).containsEntry("POST", 1L);
        assertThat(READS.bySort()).containsEntry("GET /roles/{name}", 2L)
                .containsEntry("GET /groups/{id}/members", 1L);
        assertThat(READS.writes()).isEmpty();
        assertThat(WRITES.writes()).hasSize(1);
    }

    @Test
    void logsAgreeInWhateverOrder() {
        RequestLog turned = new RequestLog(READS.calls().reversed());

        assertThat(READS.agreesWith(turned)).isTrue();
        assertThat(READS.agreesWith(new RequestLog(READS.calls().subList(1, READS.size())))).isFalse();
    }

    @Test
    void aPlanThatWritesOrIsSlowMissesItsTargets() {
        Result slow = result(Task.PLAN, WRITES, 1_700, 500);

        assertThat(missed(slow)).containsExactly("small, plan, nothing to do: no write",
                "small, plan, nothing to do: at most 1.5 × floor + 0.6 s",
                "small, plan, nothing to do: at most the floor + 0.6 s");
        assertThat(missed(result(Task.PLAN, READS, 1_100, 500))).isEmpty();
    }

    @Test
    void anApplyThatWritesNothingOrToOthersMissesItsTarget() {
        assertThat(missed(result(Task.CHANGE, WRITES, 600, 500))).isEmpty();
        assertThat(missed(result(Task.CHANGE, READS, 600, 500))).hasSize(1);
    }

    @Test
    void whatTheRealmTookIsLeftOut() {
        RequestLog log = RequestLog.of(List.of("POST /admin/realms 201 1400 ms",
                "POST /admin/realms/bench-small/clients 201 90 ms"));

        Result slow = result(Task.APPLY, log, 2_500, 500);

        assertThat(slow.best()).isEqualTo(Duration.ofMillis(1_100));
        assertThat(slow.medianWall()).isEqualTo(Duration.ofMillis(2_500));
        assertThat(missed(slow)).isEmpty();
        assertThat(missed(result(Task.APPLY, WRITES, 2_500, 500))).hasSize(1);
    }

    @Test
    void theBestIsTheShortestAndTheHopelessIsNotTriedAgain() {
        Trials trials = new Trials(Trials.CONNECTIONS);
        assertThat(trials.worthwhile()).containsExactly(1, 2, 4, 8);
        trials.add(1, Duration.ofSeconds(9));
        trials.add(2, Duration.ofSeconds(5));
        trials.add(4, Duration.ofSeconds(4));
        trials.add(8, Duration.ofMillis(4_500));

        assertThat(trials.bestConnections()).isEqualTo(4);
        assertThat(trials.worthwhile()).containsExactly(2, 4, 8);
    }

    @Test
    void figuresReplaceWhatStoodBetweenTheComments() {
        Page page = new Page("# Title\n<!-- bin/bench --write: from here -->\nold\n<!-- to here -->\nrest\n");

        assertThat(page.with("new\n").text())
                .isEqualTo("# Title\n<!-- bin/bench --write: from here -->\n\nnew\n\n<!-- to here -->\nrest\n");
        assertThat(page.with("new\n").with("new\n")).isEqualTo(page.with("new\n"));
        assertThatThrownBy(() -> new Page("# Title\n").with("new")).hasMessageContaining("no place");
    }

    @Test
    void aCommandLineThatIsWrongIsRefusedWithWhatThereIs() {
        assertThatThrownBy(() -> Options.of(List.of("--sizes", "huge"))).hasMessageContaining("small, medium, large");
        assertThatThrownBy(() -> Options.of(List.of("--rounds", "0"))).hasMessageContaining("--rounds");
        assertThatThrownBy(() -> Options.of(List.of("--rounds"))).hasMessageContaining("wants a value");
        assertThat(Options.of(List.of("--sizes", "small,large", "--write")).kinds()).extracting(RealmKind::name)
                .containsExactly("small", "large");
    }

    private static List<String> missed(Result result) {
        return Verdict.of(Duration.ZERO, List.of(result))
                .stream()
                .filter(verdict -> !verdict.reached())
                .map(Verdict::target)
                .toList();
    }

    private static Result result(Task task, RequestLog log, int wallMillis, int floorMillis) {
        Trials floor = new Trials(List.of(4));
        floor.add(4, Duration.ofMillis(floorMillis));
        return new Result(RealmKind.ALL.getFirst(), task,
                List.of(new Launcher.Ended(Duration.ofMillis(wallMillis), 100_000, log)), floor, Optional.empty(),
                List.of());
    }
}
