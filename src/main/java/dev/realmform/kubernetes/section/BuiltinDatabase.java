package dev.realmform.kubernetes.section;

import dev.realmform.kubernetes.Marks;
import dev.realmform.model.Value;
import java.util.List;
import java.util.Map;

/** A PostgreSQL server in the cluster, one pod with one volume: for trials, as nobody backs it up. */
record BuiltinDatabase(Database database) {

    private static final String DATA = "/var/lib/postgresql/data";

    /** Whom the official image runs PostgreSQL as. */
    static final int ACCOUNT = 999;

    List<Item> items() {
        App app = database.app();
        return List.of(new Item(service(app), database.part().path()), new Item(server(app), database.part().path()));
    }

    private static Value.MapOf service(App app) {
        return app.object("v1", "Service", "", Tree.map("clusterIP", "None", "selector", app.selector(), "ports",
                Tree.list(Tree.map("name", "postgresql", "port", 5432, "targetPort", "postgresql"))));
    }

    private Value.MapOf server(App app) {
        Map<String, String> notice = Map.of(Marks.NOTICE,
                "For trials: one pod, one volume, no backup. Have a database of your own for what must not be lost.");
        Value.MapOf object = app.object("apps/v1", "StatefulSet", "", Tree.map(
                "serviceName", app.name(), "replicas", 1,
                "selector", Tree.map("matchLabels", app.selector()),
                "template", Tree.map("metadata", Tree.map("labels", app.labels()), "spec", pod()),
                "volumeClaimTemplates", Tree.list(claim(app))));
        return object.with("metadata", app.metadata("", notice));
    }

    private Value.MapOf pod() {
        return Tree.map("automountServiceAccountToken", false,
                "imagePullSecrets", Pods.pullSecrets(database.part()),
                "securityContext", Pods.account(ACCOUNT),
                "containers", Tree.list(container()));
    }

    private Value.MapOf container() {
        Env env = new Env().put("POSTGRES_USER", database.user())
                .put("POSTGRES_DB", database.name())
                .put("POSTGRES_INITDB_ARGS", "--encoding=UTF8")
                // The volume's own folder may hold lost+found, and initdb wants an empty one.
                .put("PGDATA", DATA + "/pgdata");
        database.password().ifPresent(password -> env.secret("POSTGRES_PASSWORD", password));
        Value.MapOf ready = Tree.map("exec",
                Tree.map("command", Value.texts(List.of("pg_isready", "-h", "127.0.0.1"))));
        return Tree.map("name", "postgresql", "image", DatabaseJob.image(database),
                "env", env.list(),
                "ports", Tree.list(Tree.map("name", "postgresql", "containerPort", 5432)),
                "readinessProbe", ready.with("periodSeconds", Value.num(5)),
                "livenessProbe", ready.with("periodSeconds", Value.num(10)).with("failureThreshold", Value.num(6)),
                "startupProbe", ready.with("periodSeconds", Value.num(2)).with("failureThreshold", Value.num(60)),
                "resources", database.part().part("resources").value(),
                "securityContext", Pods.confined(),
                "volumeMounts", Tree.list(Tree.map("name", "data", "mountPath", DATA)));
    }

    private Value.MapOf claim(App app) {
        return Tree.map("apiVersion", "v1", "kind", "PersistentVolumeClaim",
                "metadata", Tree.map("name", "data", "labels", app.selector()),
                "spec", Tree.map("accessModes", Value.texts(List.of("ReadWriteOnce")),
                        "storageClassName", database.part().text("storageClass"),
                        "resources", Tree.map("requests",
                                Tree.map("storage", database.part().text("storage", "2Gi")))));
    }
}
