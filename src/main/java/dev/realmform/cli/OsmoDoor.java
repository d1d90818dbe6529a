package dev.realmform.cli;

import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Proof.Check;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import dev.realmform.osmo.OsmoAnswers;
import dev.realmform.osmo.Requirements;
import dev.realmform.osmo.token.Jwt;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Asks OSMO what it tells its clients. Never run against a live OSMO: tested with a stub that answers as its sources say.
 *
 * @param web   the way there
 * @param token of a user, if one is given: without it only what everybody may ask is asked
 */
record OsmoDoor(WebAddress osmo, JsonWeb web, Optional<Jwt> token) {

    static OsmoDoor at(String url, Speaking speaking, ServerOptions options) {
        WebAddress osmo = WebAddress.ofOption("--osmo-url", url);
        Optional<Secret> token = OsmoToken.given(speaking.shell());
        return new OsmoDoor(osmo, JsonWeb.to(osmo, speaking, options, token),
                token.map(secret -> Jwt.parse(secret.reveal())));
    }

    List<Check> checks(Requirements installation, Optional<String> issuer) {
        OsmoAnswers expected = OsmoAnswers.of(installation, issuer);
        return List.of(asked(web.anonymously(), OsmoAnswers.LOGIN, expected::login),
                token.map(jwt -> asked(web, OsmoAnswers.SETTINGS, answer -> expected.pools(answer, jwt.claims())))
                        .orElseGet(OsmoAnswers::withoutToken));
    }

    private Check asked(JsonWeb way, String path, Function<Value.MapOf, Check> check) {
        JsonWeb.Reply reply;
        try {
            reply = way.send("GET", osmo.at(path), Optional.empty());
        } catch (ProblemException e) {
            Problem problem = e.problems().getFirst();
            if (problem.kind() != Problem.Kind.UNREACHABLE) {
                throw e;
            }
            return OsmoAnswers.silent(path, problem.what());
        }
        if (reply.status() != 200) {
            return OsmoAnswers.silent(path, "answered with " + reply.status()
                    + (reply.status() == 401 ? ": the token is not accepted; realmform token decode says why" : ""));
        }
        return reply.body() instanceof Value.MapOf answer ? check.apply(answer)
                : OsmoAnswers.silent(path, "answered with something else than an object of JSON");
    }
}
