package dev.realmform.keycloak;

import dev.realmform.model.Change;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The field of a resource that names the provider behind it, which the server may not have.
 *
 * @param type   of the resources
 * @param field  that names the provider
 * @param what   it names, for people
 * @param remedy where there is none
 */
record NamedProvider(String type, String field, String what, String remedy) {

    /** Says what speaks against a provider that a change brings in. */
    interface Judge {
        Optional<Problem> of(Change change, String provider, String where);
    }

    /** What a plan names anew is judged; what is live has its provider. */
    List<Problem> review(Plan plan, Judge judge) {
        List<Problem> problems = new ArrayList<>();
        for (Change change : plan.changes()) {
            if (!change.address().type().equals(type) || change.declared().isEmpty()) {
                continue;
            }
            Optional<String> planned = Wire.planned(change).value().text(field);
            boolean same = change.before().map(Resource::value).flatMap(live -> live.text(field)).equals(planned);
            String where = change.declared().get().origin().at(Path.of(field)).exact() + "  " + field;
            if (planned.isEmpty()) {
                problems.add(Problem.invalid(change.address() + " names no " + what, where, remedy));
            } else if (!same) {
                judge.of(change, planned.get(), where).ifPresent(problems::add);
            }
        }
        return problems;
    }
}
