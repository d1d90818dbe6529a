package dev.realmform.cli;

import dev.realmform.json.Json;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Proof.Check;
import dev.realmform.model.Value;
import dev.realmform.osmo.OsmoAnswers;
import dev.realmform.osmo.Requirements;
import dev.realmform.osmo.token.Jwt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks OSMO what it tells its clients. Never run against a live OSMO: tested with a stub that answers as its sources say.
 *
 * @param web the way there
 * @param url OSMO's address, no slash at its end
 */
record OsmoDoor(WebReader web, String url) {

    static OsmoDoor at(String url, Shell shell, ServerOptions options) {
        return new OsmoDoor(WebReader.of(WebReader.url("--osmo-url", url), shell, options),
                url.replaceFirst("/+$", ""));
    }

    /** @param token of a user; without one only what everybody may ask is asked */
    List<Check> checks(Requirements installation, Optional<String> issuer, Optional<String> token) {
        OsmoAnswers expected = OsmoAnswers.of(installation, issuer);
        List<Check> checks = new ArrayList<>();
        checks.add(asked(OsmoAnswers.LOGIN, Optional.empty(), expected::login));
        checks.add(token.map(Jwt::parse)
                .map(jwt -> asked(OsmoAnswers.SETTINGS, token, answer -> expected.pools(answer, jwt.claims())))
                .orElseGet(OsmoAnswers::withoutToken));
        return checks;
    }

    private Check asked(String path, Optional<String> bearer, java.util.function.Function<Value.MapOf, Check> check) {
        WebReader.Page page;
        try {
            page = web.get(WebReader.url("--osmo-url", url + path), bearer);
        } catch (ProblemException e) {
            Problem problem = e.problems().getFirst();
            if (problem.kind() != Problem.Kind.UNREACHABLE) {
                throw e;
            }
            return OsmoAnswers.silent(path, problem.what());
        }
        if (page.status() != 200) {
            return OsmoAnswers.silent(path, "answered with " + page.status()
                    + (page.status() == 401 ? ": the token is not accepted; realmform token decode says why" : ""));
        }
        try {
            return Json.parse(page.body()) instanceof Value.MapOf answer ? check.apply(answer)
                    : OsmoAnswers.silent(path, "answered with something else than an object of JSON");
        } catch (ProblemException e) {
            return OsmoAnswers.silent(path, "answered with something else than JSON");
        }
    }
}
