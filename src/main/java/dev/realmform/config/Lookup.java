package dev.realmform.config;

import dev.realmform.model.Address;
import dev.realmform.model.Nearness;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What references find outside the documents: variables of the environment, files, secrets.
 *
 * <p>Whoever may change a file may write any reference into it. So outside secret positions the environment is closed but for
 * the names that the root file lists, and no secret comes through.
 */
final class Lookup {

    private static final List<String> KINDS = List.of("var", "env", "file", "secret", "ref", "random");
    private static final String VISIBLE = "Whoever may read the realm, or this plan, would see it."
            + " Use a variable that is no secret.";

    private final Map<String, String> environment;
    private final Set<String> allowed;
    private final Secrets secrets;
    private final FileBox files;
    private final boolean untrusted;
    private final Budget budget;
    private final Findings findings;

    Lookup(Node.Fields settings, Secrets secrets, FileBox files, LoadRequest request, Budget budget,
            Findings findings) {
        this.environment = request.environment();
        this.untrusted = request.options().untrusted();
        this.secrets = secrets;
        this.files = files;
        this.budget = budget;
        this.findings = findings;
        this.allowed = new TreeSet<>(request.options().allowEnv());
        if (!untrusted) {
            settings.list("env")
                    .ifPresent(list -> list.items()
                            .forEach(item -> allowed.add(item instanceof Node.Leaf leaf ? leaf.raw() : "")));
        }
    }

    sealed interface Result {}

    record Found(Node.Leaf leaf) implements Result {}

    /** The variable is not set: its default counts, which may hold references itself. */
    record Default(String text) implements Result {}

    /** Nothing, which has been said. */
    record Nothing() implements Result {}

    Result find(Template.Call call, Place place, Position position) {
        return switch (call.kind()) {
            case "env" -> env(call, place, position);
            case "file" -> file(call, place, position);
            case "secret" -> secret(call, place);
            case "ref" -> ref(call, place);
            case "random" -> position.kept() && !call.argument().isEmpty()
                    ? new Found(new Node.Leaf(new Value.Unknown(Address.of("random", call.argument()), "value"),
                            call.raw(), place))
                    : nothing(place, Texts.printable(call.raw())
                            + " is possible only where the value can be kept: in a Secret of the section cluster",
                            "Use $(secret:name).");
            default -> nothing(place, Texts.printable(call.raw()) + " is no reference that realmform knows",
                    Texts.sentences("References are $(" + String.join(":…), $(", KINDS)
                            + ":…). For a plain text write $$(.", Nearness.similar(call.kind(), KINDS)));
        };
    }

    private Result nothing(Place place, String what, String remedy) {
        findings.add(place, what, remedy);
        return new Nothing();
    }

    private static Result secret(Secret secret, Place place) {
        return new Found(new Node.Leaf(secret, "", place));
    }

    private Result text(String text, Place place) {
        return budget.takesText(text.length(), place) ? new Found(Node.Leaf.text(text, place)) : new Nothing();
    }

    private Result env(Template.Call call, Place place, Position position) {
        int dash = call.argument().indexOf(":-");
        String name = dash < 0 ? call.argument() : call.argument().substring(0, dash);
        if (!position.secret()) {
            if (secrets.isVariable(name)) {
                return nothing(place, visible(call, position), VISIBLE);
            }
            if (!allowed.contains(name)) {
                return nothing(place, Texts.printable(call.raw()) + " may not be used in " + position.field(),
                        howToAllow(name));
            }
        }
        boolean closed = position.secret() && untrusted;
        String value = closed ? "" : environment.getOrDefault(name, "");
        if (value.isEmpty() && dash >= 0) {
            return new Default(call.argument().substring(dash + 2));
        }
        if (position.secret()) {
            return secret(value.isEmpty() ? Secret.notGiven(call.raw()) : Secret.of(value, call.raw()), place);
        }
        if (!environment.containsKey(name)) {
            return nothing(place, "the variable " + Texts.printable(name) + " is not set in the environment",
                    "Set it, or give a default: $(env:" + Texts.printable(name) + ":-…).");
        }
        return text(value, place);
    }

    private static String visible(Template.Call call, Position position) {
        return Texts.printable(call.raw()) + " is a secret and may not stand in " + position.field();
    }

    private String howToAllow(String name) {
        return untrusted
                ? "With --untrusted the file cannot allow itself a variable; if it is no secret, give --allow-env "
                        + Texts.printable(name) + "."
                : Texts.sentences("If it is no secret, name it under realmform.env in the root file.",
                        Nearness.similar(name, allowed));
    }

    private Result file(Template.Call call, Place place, Position position) {
        boolean secret = secrets.isFile(call.argument());
        if (secret && !position.takesSecrets()) {
            return nothing(place, visible(call, position), VISIBLE);
        }
        return switch (files.inside(call.argument())) {
            case FileBox.Text(String content) when secret || position.secret() -> secret(
                    Secret.of(content, call.raw()), place);
            case FileBox.Text(String content) -> text(content, place);
            case FileBox.Missing ignored -> nothing(place, "there is no file for " + Texts.printable(call.raw()),
                    "The path starts at the root file's folder.");
            case FileBox.Wrong wrong -> nothing(place, Texts.printable(call.raw()) + ": " + wrong.what(),
                    wrong.remedy());
        };
    }

    private Result secret(Template.Call call, Place place) {
        if (secrets.has(call.argument())) {
            return secret(secrets.get(call.argument(), call.raw()), place);
        }
        return nothing(place, "the secret " + Texts.quoted(call.argument()) + " is not defined",
                Texts.sentences("Define it under realmform.secrets in the root file: {"
                        + Texts.printable(call.argument()) + ": {env: NAME}}.",
                        Nearness.similar(call.argument(), secrets.names())));
    }

    private Result ref(Template.Call call, Place place) {
        int dot = call.argument().lastIndexOf('.');
        try {
            if (dot > 0 && dot < call.argument().length() - 1) {
                Address address = Address.parse(call.argument().substring(0, dot));
                Value value = new Value.Unknown(address, call.argument().substring(dot + 1));
                return new Found(new Node.Leaf(value, call.raw(), place));
            }
        } catch (IllegalArgumentException e) {
            return nothing(place, Texts.printable(call.raw()) + " names no resource",
                    "One looks like $(ref:client/my-realm/my-client.secret).");
        }
        return nothing(place, Texts.printable(call.raw()) + " names no field of a resource",
                "One looks like $(ref:client/my-realm/my-client.secret).");
    }
}
