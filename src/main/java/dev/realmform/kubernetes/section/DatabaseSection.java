package dev.realmform.kubernetes.section;

import dev.realmform.model.Origin;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The section {@code cluster.database}: a database on a PostgreSQL server, made ready by a Job or by realmform itself, or a server
 * in the cluster for trials.
 */
public final class DatabaseSection implements ClusterSection {

    @Override
    public String key() {
        return "database";
    }

    @Override
    public List<Item> items(Value.MapOf cluster, Origin origin, Consumer<Problem> problems) {
        Part whole = Part.of(cluster, origin, problems);
        if (!whole.has(key())) {
            return List.of();
        }
        Database database = Database.of(whole);
        List<Item> items = new ArrayList<>();
        if (!whole.has("keycloak")) {
            Names.of(whole).namespace(database.part()).ifPresent(items::add);
        }
        database.password().flatMap(password -> password.item(database.app())).ifPresent(items::add);
        authority(database, items);
        if (database.part().flag("builtin", false)) {
            items.addAll(new BuiltinDatabase(database).items());
        } else {
            DatabaseJob.of(database).ifPresent(job -> items.addAll(job.items()));
            if (database.admin().isEmpty()) {
                refuseOwner(database);
            }
        }
        return items;
    }

    @Override
    public List<Resource> others(Value.MapOf cluster, Origin origin) {
        Part whole = Part.of(cluster, origin, problem -> {
        });
        return whole.has(key()) ? DirectDatabase.of(Database.of(whole)).stream().toList() : List.of();
    }

    private static void refuseOwner(Database database) {
        database.part()
                .get("owner")
                .ifPresent(owner -> owner.complain("without admin nobody makes an owner",
                        "Write admin: and the password of the server's administrator, or leave owner out."));
    }

    private static void authority(Database database, List<Item> items) {
        database.authority()
                .ifPresent(authority -> authority.text()
                        .ifPresent(text -> items.add(new Item(Tree.map(
                                "apiVersion", "v1", "kind", "ConfigMap", "metadata", database.app().metadata("-ca"),
                                "data",
                                Tree.map(authority.key(), text)), database.part().path().then("ca")))));
    }
}
