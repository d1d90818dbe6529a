package dev.realmform.kubernetes.section;

import dev.realmform.model.Origin;
import dev.realmform.model.Path;
import dev.realmform.model.Problem;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The section {@code cluster.keycloak}: Keycloak itself, from its official image, and what leads to it. */
public final class KeycloakSection implements ClusterSection {

    @Override
    public String key() {
        return "keycloak";
    }

    @Override
    public List<Item> items(Value.MapOf cluster, Origin origin, Consumer<Problem> problems) {
        Part whole = Part.of(cluster, origin, problems);
        if (!whole.has(key())) {
            return List.of();
        }
        Keycloak keycloak = Keycloak.of(whole);
        KeycloakEnv env = new KeycloakEnv(keycloak);
        List<Item> items = new ArrayList<>();
        Names.of(whole).namespace(keycloak.part()).ifPresent(items::add);
        keycloak.admin().flatMap(admin -> admin.item(keycloak.app())).ifPresent(items::add);
        env.secret().ifPresent(items::add);
        items.addAll(new KeycloakDoors(keycloak).items());
        items.add(new Item(new KeycloakPods(keycloak, env).workload(), Path.of(key())));
        items.addAll(new KeycloakScale(keycloak).items());
        return items;
    }
}
