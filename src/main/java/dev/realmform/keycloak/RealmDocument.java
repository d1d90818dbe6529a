package dev.realmform.keycloak;

import dev.realmform.model.Origin;
import dev.realmform.model.Problem;
import dev.realmform.model.Value;
import dev.realmform.provider.Expansion;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Cuts a realm document, Keycloak's own notation for a realm and all that is in it, into resources. */
public final class RealmDocument implements Expansion.Expander {

    @Override
    public Expansion expand(Value.MapOf document, Origin origin) {
        Optional<String> realm = document.text("realm").filter(name -> !name.isBlank());
        if (realm.isEmpty()) {
            return new Expansion(List.of(), List.of(), List.of(Problem.invalid("the document names no realm",
                    origin.source().exact(), "Write realm: and its name at the top level.")));
        }
        Pieces pieces = new Pieces();
        for (KeycloakType type : KeycloakProvider.TYPES) {
            type.cut(realm.get(), document, origin, pieces);
        }
        for (Map.Entry<String, Value> section : document.fields().entrySet()) {
            boolean taken = KeycloakProvider.TYPES.stream()
                    .anyMatch(type -> type.sections().contains(section.getKey()));
            if (RealmType.ELSEWHERE.contains(section.getKey()) && !taken) {
                pieces.notManaged(section.getKey(), section.getValue());
            }
        }
        return pieces.finish();
    }
}
