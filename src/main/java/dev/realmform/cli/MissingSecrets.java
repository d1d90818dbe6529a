package dev.realmform.cli;

import dev.realmform.model.Path;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Resource;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import dev.realmform.plan.PlanRequest;
import dev.realmform.provider.Field;
import dev.realmform.provider.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Secrets that an apply needs and has not been given. A plan can do without; an apply could neither send nor compare them. An
 * initial password is needed only where its user is still to be made.
 */
record MissingSecrets(Provider provider, PlanRequest request) {

    /** @throws ProblemException if there are any */
    void refuse() {
        List<Problem> problems = problems();
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
    }

    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        for (Resource resource : request.desired().values()) {
            if (!request.extent().includes(resource.address())) {
                continue;
            }
            provider.type(resource.address().type())
                    .ifPresent(type -> look(resource, type.schema().root(), Path.ROOT, resource.value(), problems));
        }
        return problems;
    }

    private void look(Resource resource, Field field, Path path, Value value, List<Problem> problems) {
        if (field.is(Field.Trait.CREATE_ONLY) && request.live().find(resource.address()).isPresent()) {
            return;
        }
        if (value instanceof Secret secret && !secret.isGiven()) {
            problems.add(Problem.invalid(
                    secret.reference() + " of " + resource.address() + " has not been given to this run",
                    resource.origin().at(path).exact() + "  " + path,
                    "Set the variable or file that realmform.secrets names for it; a plan can do without, an apply cannot."));
        } else if (value instanceof Value.MapOf map) {
            for (Map.Entry<String, Value> below : map.fields().entrySet()) {
                look(resource, field.at(below.getKey()), path.then(below.getKey()), below.getValue(), problems);
            }
        } else if (value instanceof Value.ListOf(List<Value> items)) {
            for (int i = 0; i < items.size(); i++) {
                look(resource, field, path.then(String.valueOf(i)), items.get(i), problems);
            }
        }
    }
}
