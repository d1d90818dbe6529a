package dev.realmform.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.TestRealm;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Every way to log in, and what the real server makes of it. */
@ExtendWith(RealKeycloak.class)
class AdminIT {

    @TempDir
    private Path folder;

    private final List<String> calls = new CopyOnWriteArrayList<>();

    private HttpAdmin admin(KeycloakServer server, String realm, Login login) {
        return admin(server, realm, login, InstantSource.system());
    }

    private HttpAdmin admin(KeycloakServer server, String realm, Login login, InstantSource clock) {
        return new HttpAdmin(Connection.of(server.url(), realm, login), surroundings(clock));
    }

    private Surroundings surroundings(InstantSource clock) {
        return new Surroundings(clock, Surroundings.Sleeper::real, new Random(), call -> calls.add(call.toString()),
                _ -> {
                });
    }

    private static Login root(KeycloakServer server) {
        return new Login.Password("admin-cli", Optional.empty(), server.adminUser(),
                Secret.of(server.adminPassword(), ""));
    }

    /** A client {@code ci} with a service account that holds a role of realm-management. */
    private static void serviceAccount(TestRealm realm, String role, String fields) {
        String id = realm.post("clients", "{\"clientId\":\"ci\",\"serviceAccountsEnabled\":true," + fields + "}");
        String user = realm.get("clients/" + id + "/service-account-user").path("id").asText();
        String management = realm.get("clients?clientId=realm-management").get(0).path("id").asText();
        JsonNode granted = realm.get("clients/" + management + "/roles/" + role);
        realm.post("users/" + user + "/role-mappings/clients/" + management, "[" + granted + "]");
    }

    private static Login.ClientSecret withSecret(TestRealm realm, String role) {
        serviceAccount(realm, role, "\"secret\":\"s3cret\"");
        return new Login.ClientSecret("ci", Secret.of("s3cret", ""));
    }

    private static void reads(HttpAdmin door, TestRealm realm) {
        try (door) {
            assertThat(door.get(Request.get(realm.name())).text("realm")).contains(realm.name());
        }
    }

    private static Problem problem(HttpAdmin door, Request request) {
        try (door) {
            Throwable thrown = catchThrowable(() -> door.get(request));
            assertThat(thrown).isInstanceOf(ProblemException.class);
            return ((ProblemException) thrown).problems().getFirst();
        }
    }

    @Test
    void aPersonLogsInToAnotherRealmThanTheManagedOne(TestRealm realm, KeycloakServer server) {
        reads(admin(server, "master", root(server)), realm);

        assertThat(calls).last().asString().contains("/openid-connect/logout 204");
    }

    @Test
    void aServiceAccountLogsInByItsSecret(TestRealm realm, KeycloakServer server) {
        reads(admin(server, realm.name(), withSecret(realm, "view-realm")), realm);
    }

    @Test
    void aServiceAccountLogsInByAKeyInAPemFile(TestRealm realm, KeycloakServer server) throws Exception {
        TestCertificate certificate = TestCertificate.make(folder, "127.0.0.1", "-keyalg", "RSA");
        serviceAccount(realm, "view-realm", "\"clientAuthenticatorType\":\"client-jwt\",\"attributes\":"
                + "{\"jwt.credential.certificate\":\""
                + Base64.getEncoder().encodeToString(certificate.certificate().getEncoded()) + "\"}");

        reads(admin(server, realm.name(), new Login.SignedJwt("ci", certificate.keyFile(folder), Optional.empty())),
                realm);
    }

    @Test
    void aServiceAccountLogsInByAJwk(TestRealm realm, KeycloakServer server) throws Exception {
        reads(admin(server, realm.name(), new Login.SignedJwt("ci", jwk(realm), Optional.empty())), realm);
    }

    @Test
    void aServiceAccountLogsInByAnAssertionFromAFileThatIsRenewedOutside(TestRealm realm, KeycloakServer server)
            throws Exception {
        Login.SignedJwt signing = new Login.SignedJwt("ci", jwk(realm), Optional.empty());
        Assertions pipeline = new Assertions(surroundings(InstantSource.system()),
                () -> server.url() + "/realms/" + realm.name());
        Path file = Files.writeString(folder.resolve("assertion"), pipeline.signed(signing));
        realm.put("", "{\"accessTokenLifespan\":2}");
        try (HttpAdmin door = admin(server, realm.name(),
                new Login.Assertion("ci", new Login.Assertion.Given.File(file)))) {
            door.get(Request.get(realm.name()));
            Files.writeString(file, pipeline.signed(signing));
            Thread.sleep(2_500);
            door.get(Request.get(realm.name()));
        }
        assertThat(calls.stream().filter(call -> call.contains("/token 200"))).hasSize(2);
    }

    @Test
    void aReadyAssertionLogsIn(TestRealm realm, KeycloakServer server) throws Exception {
        String assertion = new Assertions(surroundings(InstantSource.system()),
                () -> server.url() + "/realms/" + realm.name())
                .signed(new Login.SignedJwt("ci", jwk(realm), Optional.empty()));

        reads(admin(server, realm.name(),
                new Login.Assertion("ci", new Login.Assertion.Given.Text(Secret.of(assertion, "")))), realm);
    }

    @Test
    void aReadyTokenWorks(TestRealm realm, KeycloakServer server, AdminApi api) {
        Login token = new Login.Token(Secret.of(api.newToken(), ""));

        reads(admin(server, "master", token), realm);

        HttpAdmin astray = new HttpAdmin(Connection.of(URI.create(server.url() + "/auth"), "master", token),
                surroundings(InstantSource.system()));
        assertThat(problem(astray, Request.get(realm.name())).kind()).isEqualTo(Problem.Kind.UNREACHABLE);
    }

    @Test
    void aTokenThatExpiresMidwayIsRenewedWithoutARefusal(TestRealm realm, KeycloakServer server) throws Exception {
        Login login = withSecret(realm, "view-realm");
        realm.put("", "{\"accessTokenLifespan\":2}");
        try (HttpAdmin door = admin(server, realm.name(), login)) {
            door.get(Request.get(realm.name()));
            Thread.sleep(2_500);
            door.get(Request.get(realm.name()));
        }
        assertThat(calls).noneMatch(call -> call.contains(" 401 "));
        assertThat(calls.stream().filter(call -> call.contains("/token 200"))).hasSize(2);
    }

    @Test
    void aTokenThatTheServerNoLongerTakesIsMetByOneLogin(TestRealm realm, KeycloakServer server) throws Exception {
        Login login = withSecret(realm, "view-realm");
        realm.put("", "{\"accessTokenLifespan\":2}");
        Instant stopped = Instant.now();
        try (HttpAdmin door = admin(server, realm.name(), login, () -> stopped)) {
            door.get(Request.get(realm.name()));
            Thread.sleep(3_000);
            door.get(Request.get(realm.name()));
        }
        assertThat(calls.stream().filter(call -> call.contains(" 401 "))).hasSize(1);
    }

    @Test
    void wrongCredentialsAreARefusedLogin(TestRealm realm, KeycloakServer server) {
        Login wrong = new Login.Password("admin-cli", Optional.empty(), server.adminUser(), Secret.of("canary", ""));

        assertThat(problem(admin(server, "master", wrong), Request.get("master"))).satisfies(p -> {
            assertThat(p.kind()).isEqualTo(Problem.Kind.LOGIN);
            assertThat(p.what()).isEqualTo("Keycloak refuses the login: Invalid user credentials");
        });
        Login unknown = new Login.ClientSecret("nobody", Secret.of("canary", ""));
        assertThat(problem(admin(server, realm.name(), unknown), Request.get("master")).kind())
                .isEqualTo(Problem.Kind.LOGIN);
        assertThat(problem(admin(server, "nowhere", unknown), Request.get("master"))).satisfies(p -> {
            assertThat(p.kind()).isEqualTo(Problem.Kind.LOGIN);
            assertThat(p.what()).contains("Realm does not exist");
        });
    }

    @Test
    void aWrongPathIsNoKeycloak(KeycloakServer server) {
        HttpAdmin door = new HttpAdmin(
                Connection.of(URI.create(server.url() + "/auth"), "master", root(server)),
                surroundings(InstantSource.system()));

        assertThat(problem(door, Request.get("master")).kind()).isEqualTo(Problem.Kind.UNREACHABLE);
    }

    @Test
    void aMissingRoleIsNamed(TestRealm realm, KeycloakServer server) {
        Problem problem = problem(admin(server, realm.name(), withSecret(realm, "view-realm")),
                Request.get(realm.name(), "identity-provider", "instances"));

        assertThat(problem.kind()).isEqualTo(Problem.Kind.FORBIDDEN);
        assertThat(problem.what()).contains("view-identity-providers");
    }

    @Test
    void theServerIsKnownByItsIssuer(TestRealm realm, KeycloakServer server) {
        try (HttpAdmin door = admin(server, "master", root(server))) {
            assertThat(door.issuer(realm.name())).contains(server.url() + "/realms/" + realm.name());
            assertThat(door.issuer("nowhere")).isEmpty();
        }
    }

    @Test
    void namesArriveWhateverTheyHold(TestRealm realm, KeycloakServer server) {
        List<String> names = List.of("a b", "a+b", "100%", "{x}", "ä€", "a?b#c", "a:b@c", "'\"<>^`|", "...");
        try (HttpAdmin door = admin(server, "master", root(server))) {
            for (String name : names) {
                Answer.Answered made = Problems.answered(door.send(Request.post(realm.name(), "roles")
                        .body(Value.EMPTY_MAP.with("name", Value.text(name)))));
                assertThat(made.status()).as(name).isEqualTo(201);
                assertThat(made.createdId()).contains(name);
                assertThat(door.get(Request.get(realm.name(), "roles", name)).text("name")).contains(name);
                assertThat(Problems.answered(door.send(Request.delete(realm.name(), "roles", name))).status())
                        .isEqualTo(204);
            }
        }
    }

    /** A client {@code ci} that authenticates by an EC key; returns the file with the private half. */
    private Path jwk(TestRealm realm) throws GeneralSecurityException, IOException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair pair = generator.generateKeyPair();
        ECPublicKey key = (ECPublicKey) pair.getPublic();
        String open = "{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"k1\",\"use\":\"sig\",\"alg\":\"ES256\",\"x\":\""
                + number(key.getW().getAffineX()) + "\",\"y\":\"" + number(key.getW().getAffineY()) + "\"";
        serviceAccount(realm, "view-realm", "\"clientAuthenticatorType\":\"client-jwt\",\"attributes\":"
                + "{\"use.jwks.string\":\"true\",\"token.endpoint.auth.signing.alg\":\"ES256\",\"jwks.string\":"
                + "\"{\\\"keys\\\":[" + (open + "}").replace("\"", "\\\"") + "]}\"}");
        return Files.writeString(folder.resolve("jwk.json"),
                open + ",\"d\":\"" + number(((ECPrivateKey) pair.getPrivate()).getS()) + "\"}");
    }

    private static String number(BigInteger number) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(HexFormat.of().parseHex("%064x".formatted(number)));
    }
}
