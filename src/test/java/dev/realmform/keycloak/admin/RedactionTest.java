package dev.realmform.keycloak.admin;

import static dev.realmform.keycloak.admin.FaultyServer.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedactionTest {

    private static final String CANARY = "canary \"7f\"\\&<+>";

    private final World world = new World();
    private final FaultyServer server = FaultyServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aSecretThatIsKnownLaterIsTakenOutToo() {
        Redaction redaction = new Redaction();
        redaction.remember("canary-first");

        assertThat(redaction.clean("canary-first, canary-second")).isEqualTo("(secret), canary-second");
        redaction.remember("canary-second");
        assertThat(redaction.clean("canary-first, canary-second")).isEqualTo("(secret), (secret)");
    }

    @Test
    void aSecretThatTheServerEchoesIsTakenOut() {
        server.on("PUT /admin/realms/retail/clients/1",
                reply(400,
                        "{\"errorMessage\":\"bad secret canary \\\"7f\\\"\\\\&<+> given\",\"s3cret-canary\":\"x\"}"));
        Request put = Request.put("retail", "clients", "1")
                .body(Value.EMPTY_MAP.with("clientSecrets",
                        new Value.ListOf(List.of(Secret.of(CANARY, "$(secret:x)")))));
        try (HttpAdmin admin = world.admin(server.url())) {
            Answer.Answered answer = Problems.answered(admin.send(put));

            assertThat(answer.body().toString()).doesNotContain("canary");
            assertThat(Problems.translate(put, answer, "client/retail/x").what())
                    .isEqualTo("Keycloak refuses to change this: bad secret (secret) given");
        }
    }

    @Test
    void everyWayToWriteASecretIsKnown() {
        Redaction redaction = new Redaction();
        redaction.remember(CANARY);

        for (String form : List.of(CANARY, "canary \\\"7f\\\"\\\\&<+>",
                URLEncoder.encode(CANARY, StandardCharsets.UTF_8), Request.encoded(CANARY),
                "canary &quot;7f&quot;\\&amp;&lt;+&gt;")) {
            assertThat(redaction.clean("before " + form + " after")).isEqualTo("before (secret) after");
        }
    }

    @Test
    void theLongerSecretGoesFirstAndTheShortOnlyAsAWord() {
        Redaction redaction = new Redaction();
        redaction.remember("hunter");
        redaction.remember("hunter22");
        redaction.remember("a");

        assertThat(redaction.clean("hunter22 a hunter bar")).isEqualTo("(secret) (secret) (secret) bar");
    }

    @Test
    void aLineOfAKeyIsASecretToo() {
        Redaction redaction = new Redaction();
        redaction.remember("-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49\n-----END PRIVATE KEY-----\n");

        assertThat(redaction.clean("cannot parse MIGHAgEAMBMGByqGSM49")).isEqualTo("cannot parse (secret)");
    }

    @Test
    void theTokenIsASecret() {
        server.on("GET /admin/realms/retail", reply(400, "{\"error\":\"bad token token-1\"}"));
        try (HttpAdmin admin = world.admin(server.url())) {
            assertThat(Problems.words(Problems.answered(admin.send(Request.get("retail")))))
                    .isEqualTo("bad token (secret)");
        }
    }

    @Test
    void whatStandsInTheAddressIsNeitherShownNorSent() {
        URI url = URI.create(server.url().toString().replace("//", "//user:canary%21pw@") + "/?token=canary#canary");
        server.on("POST /realms/master/protocol/openid-connect/token",
                reply(401, "{\"error\":\"x\",\"error_description\":\"canary!pw canary%21pw\"}"));
        try (HttpAdmin admin = world.admin(url)) {
            Throwable thrown = catchThrowable(() -> admin.get(Request.get("retail")));

            assertThat(printed(thrown)).doesNotContain("canary");
            assertThat(admin.address()).isEqualTo(server.url().toString());
        }
        assertThat(server.logins()).hasSize(1).noneMatch(login -> login.headers().containsKey("authorization"));
        assertThat(world.calls).noneMatch(call -> call.contains("canary"));
    }

    @Test
    void thePathInTheLogHoldsNoSecretButKeepsTheWordsOfTheApi() {
        try (HttpAdmin admin = world.admin(server.url())) {
            admin.send(Request.put("retail").body(Value.EMPTY_MAP.with("a", Secret.of("realms", ""))));
            admin.send(Request.get("retail", "clients").with("search", "s3cret-canary realms"));
        }

        assertThat(world.calls).last()
                .asString()
                .startsWith("GET /admin/realms/retail/clients?search=(secret)%20(secret) ");
    }

    @Test
    void noSecretIsInTheCauseOfAFailure() {
        server.close();
        URI url = URI.create(server.url().toString().replace("//", "//user:canary@"));
        try (HttpAdmin admin = world.admin(url)) {
            assertThat(printed(catchThrowable(() -> admin.get(Request.get("retail"))))).contains("refused")
                    .doesNotContain("canary");
        }
    }

    private static String printed(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        for (Problem problem : ((ProblemException) thrown).problems()) {
            text.append(problem.toString());
        }
        return text.toString();
    }
}
