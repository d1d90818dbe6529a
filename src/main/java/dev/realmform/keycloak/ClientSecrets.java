package dev.realmform.keycloak;

import dev.realmform.keycloak.admin.Admin;
import dev.realmform.keycloak.admin.Answer;
import dev.realmform.keycloak.admin.Problems;
import dev.realmform.keycloak.admin.Request;
import dev.realmform.model.Address;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Value;
import dev.realmform.provider.Outcome;
import dev.realmform.provider.Schema;
import java.util.Optional;

/** Lets Keycloak make new secrets for clients. */
record ClientSecrets(Admin admin, Ids ids, Reader reader) {

    private static final String PART = "client-secret";
    private static final String POLICIES = "client-policies";

    /** A new one in place of the old one. An answer that is lost is resolved by looking: a second one would cost the first. */
    Outcome renew(Address client) {
        Optional<String> id = Optional.empty();
        try {
            id = Optional.of(ids.need(client));
            Optional<Value> before = secret(client, id.get());
            Request request = Request.post(client.root(), "clients", id.get(), PART);
            return switch (admin.send(request)) {
                case Answer.Answered answered -> judged(request, answered, client, id);
                case Answer.Lost(Problem cause) -> looked(request, client, id, before, cause);
            };
        } catch (ProblemException e) {
            return new Outcome.Failed(Writer.located(e.problems().getFirst(), client), id, false);
        }
    }

    private static Outcome judged(Request request, Answer.Answered answered, Address client, Optional<String> id) {
        Problems.accepted(request, answered, client.toString());
        return new Outcome.Done(id, false);
    }

    private Outcome looked(Request request, Address client, Optional<String> id, Optional<Value> before,
            Problem cause) {
        try {
            if (before.isPresent()) {
                if (!secret(client, id.orElseThrow()).equals(before)) {
                    return new Outcome.Done(id, true);
                }
                if (admin.send(request) instanceof Answer.Answered answered) {
                    return judged(request, answered, client, id);
                }
            }
        } catch (ProblemException e) {
            return new Outcome.Failed(Writer.located(e.problems().getFirst(), client), id, true);
        }
        return new Outcome.Failed(Writer.located(cause, client), id, true);
    }

    /** The secret as it is; empty if there is none, or only a mask of it is shown. */
    private Optional<Value> secret(Address client, String id) {
        return admin.find(Request.get(client.root(), "clients", id, PART))
                .filter(Value.MapOf.class::isInstance)
                .flatMap(body -> ((Value.MapOf) body).get("value"))
                .filter(value -> !value.equals(Value.text(Schema.MASK)));
    }

    /** How long the old secret of a client will be good for. */
    SecretGrace grace(Address client) {
        return Reader.ifAllowed(() -> SecretGrace.of(
                reader.object(client.root(), POLICIES, "policies").orElse(Value.EMPTY_MAP),
                reader.object(client.root(), POLICIES, "profiles").orElse(Value.EMPTY_MAP),
                reader.object(client.root(), "clients", ids.need(client)).orElse(Value.EMPTY_MAP)))
                .orElseGet(SecretGrace.NotKnown::new);
    }
}
