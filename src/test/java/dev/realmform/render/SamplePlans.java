package dev.realmform.render;

import static dev.realmform.model.Value.bool;
import static dev.realmform.model.Value.num;
import static dev.realmform.model.Value.text;
import static dev.realmform.model.Value.texts;

import dev.realmform.model.Access;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Change.Delete.DeleteReason;
import dev.realmform.model.Directives;
import dev.realmform.model.Edit;
import dev.realmform.model.Expectation;
import dev.realmform.model.Origin;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Plan.Notice;
import dev.realmform.model.Resource;
import dev.realmform.model.Secret;
import dev.realmform.model.Sentence;
import dev.realmform.model.Source;
import dev.realmform.model.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** One plan for each golden case. */
final class SamplePlans {

    static final Heading HEADING = new Heading("realm retail at https://sso.example.com · state serial 7",
            List.of("retail.yaml"));

    private static final Heading OSMO = new Heading(
            "realm osmo at https://sso.example.com · cluster prod, namespace osmo · state serial 41",
            List.of("osmo.yaml"));

    private static final Value.Hidden MASKED = new Value.Hidden(Value.Hidden.Reason.MASKED);
    private static final Value.Hidden FORBIDDEN = new Value.Hidden(Value.Hidden.Reason.FORBIDDEN);

    private SamplePlans() {}

    record Sample(Heading heading, Plan plan) {}

    /** By name of the case. */
    static Map<String, Supplier<Sample>> all() {
        Map<String, Supplier<Sample>> all = new LinkedHashMap<>();
        all.put("plan-display", SamplePlans::planDisplay);
        all.put("expectations", () -> of(expectations()));
        all.put("create-all-kinds-of-values", () -> of(createAllKinds()));
        all.put("update-scalars", () -> of(updateScalars()));
        all.put("update-sets", () -> of(updateSets()));
        all.put("sequence-reordered", () -> of(sequences()));
        all.put("nested-maps", () -> of(nestedMaps()));
        all.put("secrets", () -> of(secrets()));
        all.put("multi-line-text", () -> of(multiLine()));
        all.put("json-in-text", () -> of(json()));
        all.put("replace", () -> of(replace()));
        all.put("delete-with-contents", () -> of(deletes()));
        all.put("adoptions-folded", () -> of(adoptions(14)));
        all.put("adoptions-with-edits", () -> of(adoptionsWithEdits()));
        all.put("forget", () -> of(forgets()));
        all.put("rename", () -> of(rename()));
        all.put("nothing-to-do",
                () -> of(plan(List.of(), new Notice.General("not managed: authenticationFlows (18)"))));
        all.put("hostile-values", () -> of(hostile()));
        all.put("long-values", () -> of(longValues()));
        all.put("warnings", () -> of(warnings()));
        all.put("known-after", () -> of(knownAfter()));
        all.put("access", () -> of(accessMoves()));
        return all;
    }

    static Sample named(String name) {
        return all().entrySet()
                .stream()
                .filter(sample -> sample.getKey().equals(name))
                .findFirst()
                .orElseThrow()
                .getValue()
                .get();
    }

    private static Sample of(Plan plan) {
        return new Sample(HEADING, plan);
    }

    private static Sample planDisplay() {
        Address role = Address.of("client-role", "osmo", "osmo-browser-flow", "osmo-audit");
        Address group = Address.of("group", "osmo", "Backend Operator");
        Address legacy = Address.of("client", "osmo", "legacy");
        List<Change> changes = List.of(
                update(Address.of("client", "osmo", "osmo-browser-flow"), at("osmo.yaml", 41),
                        items("redirectUris", 2, List.of("https://dev.osmo.example.com/callback"), List.of())),
                create(role, at("osmo.yaml", 77), Map.of("description", text("may read the audit log"))),
                update(group, at("osmo.yaml", 102), new Edit.Items(Path.of("clientRoles", "osmo-browser-flow"),
                        List.of(text("osmo-audit")), List.of(), 1, false)),
                update(Address.of("Secret", "osmo", "oauth2-proxy-secrets"), at("osmo.yaml", 9),
                        new Edit.Set(Path.of("data", "client_secret"), Secret.of("one", ""), Secret.of("two", "")),
                        new Edit.Set(Path.of("data", "cookie_secret"), Secret.of("same", ""), Secret.of("same", ""))),
                delete(legacy, DeleteReason.LEFT_THE_FILE));
        return new Sample(OSMO, new Plan(changes, new TreeMap<>(Map.of(group, Set.of(role))), 0, List.of(
                new Notice.About(legacy, "sessions and offline tokens of this client are lost")),
                new Access(List.of(new Access.Move(group, Access.Way.GAIN, List.of(role), users(12))),
                        new TreeMap<>()),
                List.of()));
    }

    private static Access.Who users(int count) {
        return new Access.Who.Users(
                IntStream.rangeClosed(1, count)
                        .mapToObj(i -> Address.of("user", "osmo", "u%02d".formatted(i)))
                        .toList());
    }

    /** Gains and losses, counted and not, of one user and of many, with roles of one name and a long list of them. */
    private static Plan accessMoves() {
        Address group = Address.of("group", "osmo", "Operators");
        Address ada = Address.of("user", "osmo", "ada");
        Address realmAdmin = Address.of("realm-role", "osmo", "admin");
        Address shopAdmin = Address.of("client-role", "osmo", "shop", "admin");
        List<Address> many = IntStream.rangeClosed(1, 9)
                .mapToObj(i -> Address.of("client-role", "osmo", "shop", "part-" + i))
                .toList();
        Address everybody = Address.of("realm-role", "osmo", "default-roles-osmo");
        Edit roles = new Edit.Items(Path.of("realmRoles"), List.of(text("admin")), List.of(), 0, false);
        List<Change> changes = List.of(update(group, at("osmo.yaml", 3), roles), update(ada, at("osmo.yaml", 9), roles),
                update(everybody, at("osmo.yaml", 12), roles));
        return new Plan(changes, new TreeMap<>(), 0, List.of(), new Access(List.of(
                new Access.Move(group, Access.Way.GAIN, List.of(realmAdmin), users(1200)),
                new Access.Move(group, Access.Way.GAIN, many, users(3)),
                new Access.Move(group, Access.Way.LOSE, List.of(shopAdmin), users(1)),
                new Access.Move(ada, Access.Way.LOSE, List.of(shopAdmin), new Access.Who.Users(List.of(ada))),
                new Access.Move(everybody, Access.Way.GAIN, List.of(shopAdmin),
                        new Access.Who.NotCounted(everybody, "the default role of 10012 users"))),
                new TreeMap<>(Map.of("osmo", new Access.Lifespan(60,
                        new TreeMap<>(Map.of(Address.of("client", "osmo", "shop-cli"), 3600L)))))),
                List.of());
    }

    /** One that fails for many reasons, one that waits, and more that hold than are named one by one. */
    private static Plan expectations() {
        List<Expectation.Outcome> outcomes = new ArrayList<>();
        for (String user : List.of("ada", "bob", "cem", "dan")) {
            outcomes.add(outcome(user + " can osmo-group1", Expectation.Verdict.PASSED));
        }
        outcomes.add(outcome("zoe can osmo-group1", Expectation.Verdict.WAITS, "zoe waits for the first login"));
        outcomes.add(outcome("nobody outside /Admin has osmo-admin", Expectation.Verdict.FAILED,
                "lin has it through /Ops",
                "tim (disabled) has it directly", "una has it through /Ops", "vic has it through role boss on shop",
                "wim has it through /Ops"));
        return plan(List.of()).expecting(outcomes);
    }

    private static Expectation.Outcome outcome(String text, Expectation.Verdict verdict, String... because) {
        return new Expectation.Outcome(new Expectation("retail", text, Sentence.parse(text).orElseThrow(),
                new Source("retail.yaml", 9, 5)), verdict, List.of(because));
    }

    private static Plan createAllKinds() {
        return plan(List.of(create(client("pay-portal"), at("retail.yaml", 12), Map.ofEntries(
                Map.entry("attributes", map(Map.of("pkce.code.challenge.method", text("S256"),
                        "access.token.lifespan", text("300"), "empty", text("")))),
                Map.entry("defaultClientScopes", texts(List.of("web-origins", "profile", "roles"))),
                Map.entry("description", text("Takes payments:\nby card\nby invoice\n")),
                Map.entry("enabled", bool(true)),
                Map.entry("name", text("Zahlung für Händler")),
                Map.entry("nodeReRegistrationTimeout", num(-1)),
                Map.entry("notBefore", Value.NULL),
                Map.entry("protocolMappers", map(Map.of("audience", map(Map.of("protocolMapper",
                        text("oidc-audience-mapper"), "config", map(Map.of("access.token.claim", text("true")))))))),
                Map.entry("redirectUris", texts(List.of())),
                Map.entry("registrationNodes", Value.EMPTY_MAP),
                Map.entry("secret", Secret.of("hush", "$(secret:pay)")),
                Map.entry("weight", new Value.Num(new BigDecimal("1.50"))))),
                create(Address.of("realm-role", "retail", "auditor"), at("retail.yaml", 80),
                        Map.of("composites",
                                map(Map.of("realm", texts(List.of("offline_access", "uma_authorization"))))))));
    }

    private static Plan updateScalars() {
        return plan(List.of(update(Address.of("realm", "retail"), at("retail.yaml", 1),
                set("accessTokenLifespan", num(300), num(600)),
                set("displayName", text("Retail"), text("Retail & Co: all of it")),
                set("loginTheme", text("true"), text("keycloak.v2")),
                new Edit.Add(Path.of("defaultLocale"), text("de")),
                new Edit.Remove(Path.of("emailTheme"), text("old")),
                set("registrationAllowed", bool(true), bool(false)),
                set("sslRequired", text("external"), text("all")))));
    }

    private static Plan updateSets() {
        return plan(List.of(update(client("pay-portal"), at("realms/retail/clients/payments/portal.yaml", 1204),
                items("redirectUris", 3, List.of("https://pay.example.com/*"),
                        List.of("http://localhost:8080/*", "https://old.example.com/callback?from=portal&to=retail")),
                items("webOrigins", 0, List.of("+"), List.of()),
                new Edit.Add(Path.of("optionalClientScopes"), texts(List.of("address", "phone"))),
                new Edit.Add(Path.of("defaultRoles"),
                        texts(IntStream.range(0, 12).mapToObj(i -> "role-number-" + i).toList())),
                new Edit.Remove(Path.of("registeredNodes"), texts(List.of("a"))))));
    }

    private static Plan sequences() {
        return plan(List.of(update(Address.of("realm", "retail"), at("retail.yaml", 1),
                new Edit.Items(Path.of("supportedLocales"), List.of(), List.of(), 3, true),
                new Edit.Items(Path.of("otpSupportedApplications"), List.of(text("totpAppGoogleName")),
                        List.of(text("totpAppFreeOTPName")), 2, true))));
    }

    private static Plan nestedMaps() {
        return plan(List.of(update(client("pay-portal"), at("retail.yaml", 12),
                new Edit.Add(Path.of("protocolMappers", "audience"),
                        map(Map.of("protocolMapper", text("oidc-audience-mapper"),
                                "config",
                                map(Map.of("included.client.audience", text("ledger-api"), "access.token.claim",
                                        text("true")))))),
                new Edit.Set(Path.of("attributes", "access.token.lifespan"), text("300"), text("600")),
                new Edit.Set(Path.of("protocolMappers", "groups", "config", "full.path"), text("true"), text("false")),
                new Edit.Set(Path.of("authenticationFlowBindingOverrides"), map(Map.of("browser", text("a"))),
                        Value.EMPTY_MAP),
                new Edit.Remove(Path.of("protocolMappers", "old"),
                        map(Map.of("protocolMapper", text("oidc-hardcoded-claim-mapper")))))));
    }

    private static Plan secrets() {
        Secret shared = Secret.of("shared", "$(secret:shared)");
        return plan(List.of(
                update(Address.of("realm", "retail"), at("retail.yaml", 1),
                        new Edit.Set(Path.of("smtpServer", "password"), MASKED, Secret.of("new", "$(secret:smtp)"))),
                update(client("a"), at("retail.yaml", 10), set("secret", Secret.of("old", ""), shared)),
                update(client("b"), at("retail.yaml", 20),
                        set("secret", Secret.of("older", ""), Secret.of("shared", ""))),
                update(client("c"), at("retail.yaml", 30),
                        set("secret", Secret.of("x", ""), Secret.notGiven("$(secret:c)")),
                        set("kept", shared, shared), set("masked", MASKED, MASKED),
                        set("unreadable", FORBIDDEN, Secret.of("y", "")), set("plain", FORBIDDEN, text("z"))),
                update(client("d"), at("retail.yaml", 40), new Edit.Add(Path.of("secret"), shared),
                        set("emptied", Secret.of("x", ""), text("")), set("filled", text(""), Secret.of("x", "")),
                        new Edit.Remove(Path.of("attributes", "client.secret"), Secret.of("old", "")),
                        new Edit.Items(Path.of("keys"), List.of(Secret.of("k2", "")), List.of(Secret.of("k1", "")), 1,
                                false)),
                create(Address.of("user", "retail", "ada"), at("retail.yaml", 50), Map.of("credentials",
                        map(Map.of("initial",
                                map(Map.of("value", Secret.of("first", ""), "temporary", bool(true)))))))),
                new Notice.General("secrets that are not given here: c"));
    }

    private static Plan multiLine() {
        String before = IntStream.rangeClosed(1, 20).mapToObj(i -> "line " + i).reduce("", (a, b) -> a + b + "\n");
        String after = before.replace("line 4\n", "line four\n")
                .replace("line 17\n", "")
                .replace("line 20\n", "line 20");
        return plan(List.of(update(Address.of("realm", "retail"), at("retail.yaml", 1),
                new Edit.Set(Path.of("attributes", "terms.text"), text(before), text(after)),
                new Edit.Set(Path.of("displayNameHtml"), text("<b>Retail</b>"), text("<b>Retail</b>\n<i>and more</i>")),
                new Edit.Add(Path.of("attributes", "imprint"), text("Retail plc\nLondon")))));
    }

    private static Plan json() {
        return plan(List.of(update(Address.of("component", "retail", "declarative-user-profile"),
                at("retail.yaml", 300),
                new Edit.Set(Path.of("config", "kc.user.profile.config"),
                        text("{\"attributes\":[{\"name\":\"email\",\"required\":true},{\"name\":\"phone\"}],"
                                + "\"policy\":\"OFF\",\"old\":1}"),
                        text("{ \"policy\": \"ON\", \"attributes\": [{\"name\": \"email\", \"required\": false}, {\"name\": \"fax\"}],"
                                + " \"max\": 1.50 }")),
                new Edit.Set(Path.of("config", "order"), text("[1,2,3]"), text("[3,1,2,4]")),
                new Edit.Set(Path.of("config", "same"), text("{\"a\":1,\"b\":2}"), text("{\"b\": 2, \"a\": 1.0}")),
                new Edit.Set(Path.of("config", "broken"), text("{\"a\":1"), text("{\"a\":1}")))));
    }

    private static Plan replace() {
        Resource live = Resource.live(Address.of("component", "retail", "ldap"), Value.EMPTY_MAP);
        Change replace = new Change.Replace(live, desired(live.address(), at("retail.yaml", 60), Map.of()), live,
                List.of(set("parentId", text("retail"), text("other")), set("priority", num(0), num(1)),
                        items("config.ldapFilter", 1, List.of("(uid=*)"), List.of())),
                List.of(Path.of("parentId"), Path.of("config.ldapFilter")));
        return plan(List.of(replace), new Notice.About(live.address(), "users imported from it are removed"));
    }

    private static Plan deletes() {
        Address top = Address.of("group", "retail", "Payments");
        Address child = Address.of("group", "retail", "Payments", "Approvers");
        Address leaf = Address.of("group", "retail", "Payments", "Approvers", "Night shift");
        return plan(List.of(
                new Change.Delete(Resource.live(leaf, Value.EMPTY_MAP), DeleteReason.INSIDE, Optional.of(child)),
                new Change.Delete(Resource.live(child, Value.EMPTY_MAP), DeleteReason.INSIDE, Optional.of(top)),
                delete(top, DeleteReason.LEFT_THE_FILE), delete(client("asked"), DeleteReason.ASKED),
                delete(client("stray"), DeleteReason.NOT_DECLARED),
                delete(Address.of("identity-provider", "retail", "entra"), DeleteReason.DESTROY)),
                new Notice.Warning(Optional.of(client("asked")), "sessions and offline tokens of this client are lost"),
                new Notice.About(top, "14 users lose approver"));
    }

    private static Plan adoptions(int clients) {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            changes.add(adopt(client("app-" + i), at("retail.yaml", 10 + i)));
            changes.add(adopt(Address.of("realm-role", "retail", "role-" + i), at("retail.yaml", 90 + i)));
        }
        changes.add(adopt(Address.of("realm", "retail"), at("retail.yaml", 1)));
        changes.add(adopt(client("changed"), at("retail.yaml", 8), set("enabled", bool(true), bool(false))));
        return plan(changes, new Notice.General("made without a state: what exists already is adopted"));
    }

    private static Plan adoptionsWithEdits() {
        return plan(List.of(adopt(Address.of("realm", "retail"), at("retail.yaml", 1)),
                adopt(client("a"), at("retail.yaml", 7)),
                adopt(client("b"), at("retail.yaml", 8), set("enabled", bool(true), bool(false))),
                adopt(client("c"), at("retail.yaml", 9))));
    }

    private static Plan forgets() {
        return plan(List.of(new Change.Forget(client("adopted"), Change.Forget.ForgetReason.ADOPTED),
                new Change.Forget(client("gone"), Change.Forget.ForgetReason.GONE)));
    }

    private static Plan rename() {
        Resource live = Resource.live(client("pay-old"), Value.EMPTY_MAP);
        return plan(List.of(new Change.Update(live, desired(live.address(), at("retail.yaml", 33), Map.of()), live,
                List.of(set("clientId", text("payments-legacy"), text("pay-old")),
                        set("enabled", bool(true), bool(false))),
                Optional.of(client("payments-legacy")))));
    }

    private static Plan hostile() {
        Address spoof = client("x\n\nPlan: 0 to add, 0 to change, 0 to destroy.\u001b[2J");
        return plan(List.of(
                update(spoof, at("evil\u001b]0;title\u0007.yaml", 3),
                        set("displayName", text("\u001b[31mred\u001b[0m"), text("admin\u202Enimda")),
                        set("zero", text("a\u200Bb"), text("ab")), set("nbsp", text("a b"), text("a\u00A0b")),
                        set("lines", text("a"), text("a\n\u001b[1;1Hb\r\n! destroys everything")),
                        new Edit.Add(Path.of("attributes", "k: \u001b[0m\"\\"), text("'single' \"double\" \\")),
                        items("roles", 0,
                                List.of("- x", "", " lead", "a: b", "#c", "@d", "123", "1e3", "0x1F", "12:30:00",
                                        "2026-01-01", "null", "~", "No", "a #b", "ends:", "[a]", "{a}", "*x", "&x",
                                        "!x", "%x", "`x",
                                        "a, b", "-x", "?x", "\ud800", "emoji 👩‍💻", "日本語のテキスト", "\u2028", "it's"),
                                List.of())),
                create(client("lists"), at("retail.yaml", 5), Map.of("a: b", texts(List.of("a, b", "c]", "true")),
                        "on", new Value.Num(new BigDecimal("1e999999999"))))),
                new Notice.General("not managed: x\u001b[2J (1)"),
                new Notice.Warning(Optional.of(spoof), "loses\ndata"));
    }

    private static Plan longValues() {
        String lorem = "The quick brown fox jumps over the lazy dog. ".repeat(12).strip();
        String uri = "https://pay.example.com/" + "segment/".repeat(40);
        return plan(List.of(
                create(client("a-client-with-a-rather-long-name-that-leaves-no-room-for-anything-beside-it"),
                        at("realms/retail/clients/payments/portal.yaml", 1204), Map.of("description", text(lorem))),
                update(client("b"), at("retail.yaml", 2), set("description", text(lorem), text(lorem + " And more.")),
                        set("rootUrl", text("https://short.example.com"), text(uri)),
                        set("adminUrl", text("https://admin.example.com/one/two/three"),
                                text("https://admin.example.com/one/two/four")),
                        new Edit.Add(Path.of("baseUrl"), text("日本".repeat(60))),
                        set("a-rather-long-field-name-of-an-attribute-that-somebody-has-made-up", MASKED,
                                Secret.of("s", "")),
                        items("users", 20, IntStream.range(0, 60).mapToObj(i -> "user-" + i).toList(), List.of()))));
    }

    private static Plan warnings() {
        return plan(List.of(update(Address.of("user", "retail", "ada"), at("retail.yaml", 70),
                items("realmRoles", 1, List.of(), List.of("auditor"))),
                delete(client("legacy"), DeleteReason.LEFT_THE_FILE)),
                new Notice.General(
                        "not managed: authenticationFlows (18), authenticatorConfig (3), requiredActions (11),"
                                + " components.org.keycloak.keys.KeyProvider (4)"),
                new Notice.General("left aside, since the server computes it: id (41), containerId (12)"),
                new Notice.Warning(Optional.of(client("legacy")),
                        "sessions and offline tokens of this client are lost"),
                new Notice.Warning(Optional.empty(),
                        "insecureTls is on: anybody between here and the server can read and change"
                                + " what is sent"));
    }

    private static Plan knownAfter() {
        Address made = client("made");
        Address group = Address.of("group", "retail", "Payments", "Approvers");
        Address user = Address.of("user", "retail", "ada");
        List<Change> changes = List.of(create(made, at("retail.yaml", 3), Map.of("enabled", bool(true))),
                update(Address.of("component", "retail", "rsa"), at("retail.yaml", 9),
                        set("clientId", text("old"), new Value.Unknown(made, Value.Unknown.ID))),
                create(group, at("retail.yaml", 20), Map.of("owner", new Value.Unknown(made, "secret"))),
                update(user, at("retail.yaml", 30),
                        items("groups", 0, List.of("/Payments/Approvers", "/Payments"), List.of())));
        return new Plan(changes, new TreeMap<>(Map.of(user, Set.of(group))), 0, List.of());
    }

    static Plan plan(List<Change> changes, Notice... notices) {
        return new Plan(changes, new TreeMap<>(), 3, List.of(notices));
    }

    static Address client(String name) {
        return Address.of("client", "retail", name);
    }

    static Source at(String file, int line) {
        return new Source(file, line, 1);
    }

    static Resource desired(Address address, Source source, Map<String, ? extends Value> fields) {
        return new Resource(address, new Value.MapOf(fields), Origin.of(source), Directives.NONE);
    }

    static Change create(Address address, Source source, Map<String, ? extends Value> fields) {
        Resource desired = desired(address, source, fields);
        return new Change.Create(desired, desired);
    }

    static Change update(Address address, Source source, Edit... edits) {
        Resource live = Resource.live(address, Value.EMPTY_MAP);
        return new Change.Update(live, desired(address, source, Map.of()), live, Arrays.asList(edits),
                Optional.empty());
    }

    static Change adopt(Address address, Source source, Edit... edits) {
        Resource live = Resource.live(address, Value.EMPTY_MAP);
        return new Change.Adopt(live, desired(address, source, Map.of()), live, Arrays.asList(edits));
    }

    static Change delete(Address address, DeleteReason why) {
        return new Change.Delete(Resource.live(address, Value.EMPTY_MAP), why, Optional.empty());
    }

    static Edit set(String field, Value before, Value after) {
        return new Edit.Set(Path.of(field), before, after);
    }

    static Edit items(String field, int kept, List<String> added, List<String> removed) {
        return new Edit.Items(Path.of(field), texts(added).items(), texts(removed).items(), kept, false);
    }

    private static Value.MapOf map(Map<String, ? extends Value> fields) {
        return new Value.MapOf(fields);
    }
}
