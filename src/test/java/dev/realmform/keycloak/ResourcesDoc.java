package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.provider.Field;
import dev.realmform.provider.Field.Trait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The page of all resource types, made of what each says about itself. */
final class ResourcesDoc {

    private static final Path SOURCES = Path.of("src/main/java/dev/realmform/keycloak");

    private static final Pattern SENTENCE = Pattern.compile("/\\*\\*(.*?)\\*/\\s*final class", Pattern.DOTALL);
    private static final Pattern LITERAL = Pattern.compile("\"([^\"\\\\\\n]+)\"");

    private static final Pattern CLASS = Pattern.compile("\\b([A-Z]\\w+)\\.");

    private static final Pattern NAME = Pattern.compile("\\w[\\w .-]*");

    /** A name that nothing has. */
    private static final String INVENTED = "~";

    /** So many sections stand in the table. */
    private static final int FEW = 2;

    private static final String INTRO = """
            # Resource types

            A realm, and everything in it, is cut into resources: plans list them, states remember them, `--target` and `state rm` name
            them. This page has a row for each type. It is written by a test from what the types say of themselves
            (`./mvnw test -Dtest=ResourcesDocTest -Dgolden.update`).

            - **In the file**: where it stands in a [desired-state file](../README.md#the-desired-state-file), which is a realm document as
              Keycloak exports it; `*` is a name. Lists whose members have a name may be written as lists, too.
            - **Secrets**: `field` can be compared with the server; *`field`*, in italics, is never shown by a server, and compared by a hash in
              the state; keys with `…` count if their names speak of a secret, password, credential or private key.
            - **Roles**: what it takes to plan and to apply, of the client `realm-management` ([permissions](permissions.md)). `view-realm` is
              needed for every plan, and whoever creates a realm may do all in it. For the permissions of administrators (the client
              `admin-permissions`) the roles are `view-realm` and `manage-realm` in place of those for authorization services.
            - **Since**: the first version of Keycloak that has it without a feature being switched on; nothing means that 26.1 has it. What
              older ones lack of a type stands below.

            """;

    String page() {
        List<TypeFacts> types = TypeFacts.all();
        StringBuilder page = new StringBuilder(INTRO);
        page.append("| type | what it is | in the file | secrets | roles to plan | roles to apply | since |\n");
        page.append("|---|---|---|---|---|---|---|\n");
        types.forEach(type -> page.append(row(type)));
        page.append("\n## One by one\n");
        types.forEach(type -> page.append(details(type)));
        return page.toString();
    }

    private static String row(TypeFacts type) {
        return "| [`" + type.name() + "`](#" + type.name() + ") | " + sentence(type) + " | " + place(type) + " | "
                + secrets(type) + " | " + String.join(", ", besides(type.rolesToPlan())) + " | "
                + String.join(", ", type.rolesToApply()) + " | " + since(type) + " |\n";
    }

    private static SortedSet<String> besides(SortedSet<String> roles) {
        SortedSet<String> more = new TreeSet<>(roles);
        more.remove("view-realm");
        return more;
    }

    private static String since(TypeFacts type) {
        return type.type().since().orElse("");
    }

    private static String place(TypeFacts type) {
        List<String> place = type.place();
        if (!place.isEmpty()) {
            return code(String.join(".", place));
        }
        List<String> sections = List.copyOf(type.sections());
        return sections.isEmpty() ? "top level"
                : codes(sections.subList(0, Math.min(FEW, sections.size())))
                        + (sections.size() > FEW ? ", … " + (sections.size() - FEW) + " more" : "");
    }

    private static String secrets(TypeFacts type) {
        List<String> secrets = new ArrayList<>();
        type.fields(field -> field.is(Trait.SECRET)).forEach(path -> secrets.add(code(path)));
        type.fields(field -> field.is(Trait.WRITE_ONLY)).forEach(path -> secrets.add("*" + code(path) + "*"));
        type.fields(field -> field.is(Trait.SECRETS_BY_NAME) && !field.is(Trait.MASKED))
                .forEach(path -> secrets.add(code(path + ".…")));
        type.fields(field -> field.is(Trait.SECRETS_BY_NAME) && field.is(Trait.MASKED))
                .forEach(path -> secrets.add("*" + code(path + ".…") + "*"));
        return String.join(", ", secrets);
    }

    private static String details(TypeFacts type) {
        Map<String, String> facts = new java.util.LinkedHashMap<>();
        facts.put("Address, for example", code(type.sample().address().toString()));
        facts.put("Sections", type.sections().size() > FEW ? codes(type.sections()) : "");
        facts.put("Refers to", linked(type.refersTo()));
        facts.put("Parts of its own", codes(type.type().parts()));
        facts.put("Owned key by key, or member by member",
                codes(type.fields(field -> field.kind() == Field.Kind.MAP && !field.is(Trait.WHOLE)
                        && !field.is(Trait.COMPUTED))));
        facts.put("Looked at only when it is made", codes(type.fields(field -> field.is(Trait.CREATE_ONLY))));
        facts.put("Asked for once, and then done", codes(type.fields(field -> field.is(Trait.CONSUMED))));
        facts.put(type.type().mayBeReplaced() ? "Made anew if it changes" : "Cannot be changed",
                codes(type.fields(field -> field.is(Trait.IMMUTABLE))));
        facts.put("Keycloak's own, adopted and never deleted", builtIns(type));
        facts.put("Comes and goes with", type.type().comesWithContainer()
                ? type.type().container(type.sample().address()).map(Address::type).map(ResourcesDoc::link).orElse("")
                : "");
        facts.put("When it is deleted", type.type().lossOnDelete(type.sample()).orElse(""));
        facts.put("Made authoritative by",
                type.type()
                        .collection()
                        .map(name -> code("realmform.manage." + name))
                        .orElse(
                                ""));
        facts.put("Not known to older servers", new TreeMap<>(type.type().lackedUpTo()).entrySet()
                .stream()
                .map(field -> code(field.getKey()) + " (up to " + field.getValue() + ")")
                .collect(Collectors.joining(", ")));
        StringBuilder details = new StringBuilder("\n### " + type.name() + "\n\n");
        facts.forEach((what, text) -> {
            if (!text.isEmpty()) {
                details.append("- ").append(what).append(": ").append(text).append('\n');
            }
        });
        return details.toString();
    }

    private static String linked(Collection<String> types) {
        return types.stream().map(ResourcesDoc::link).collect(Collectors.joining(", "));
    }

    private static String link(String type) {
        return "[" + type + "](#" + type + ")";
    }

    private static String codes(Collection<String> texts) {
        return texts.stream().sorted().map(ResourcesDoc::code).collect(Collectors.joining(", "));
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static String source(TypeFacts type) {
        return read(SOURCES.resolve(type.type().getClass().getSimpleName() + ".java"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first sentence that the type's source says about it. */
    private static String sentence(TypeFacts type) {
        Matcher comment = SENTENCE.matcher(source(type));
        if (!comment.find()) {
            throw new AssertionError(type.name() + " does not say what it is");
        }
        String text = comment.group(1)
                .replaceAll("\\s*\\n\\s*\\* ?", " ")
                .replaceAll("\\{@\\w+ ([^}]*)}", "`$1`")
                .strip();
        Matcher end = Pattern.compile("\\.(\\s|$)").matcher(text);
        return (end.find() ? text.substring(0, end.start()) : text).replace("|", "\\|");
    }

    /** The names in the type's source, and in what its answer rests on, that it takes for Keycloak's own. */
    private static String builtIns(TypeFacts type) {
        String realm = type.sample().address().root();
        int depth = type.sample().address().key().size() - 1;
        if (isOwn(type, realm, Collections.nCopies(depth, INVENTED))) {
            return "each";
        }
        List<String> names = new ArrayList<>(names(type));
        names.addAll(names.stream().map(name -> name + realm).toList());
        names.add(INVENTED);
        SortedSet<String> own = new TreeSet<>();
        Set<List<String>> seen = new HashSet<>();
        for (int length = Math.max(depth, 1); length <= depth + 1; length++) {
            List<List<String>> found = keys(names, length).stream().filter(key -> isOwn(type, realm, key)).toList();
            seen.addAll(found);
            found.stream()
                    .filter(key -> !isSaid(key, seen))
                    .forEach(key -> own.add(
                            String.join("/", key).replace(INVENTED, "*")));
        }
        if (depth == 0 && type.type().isBuiltIn(Address.of(type.name(), "master"))) {
            own.add("master");
        }
        return codes(own);
    }

    /** Whether a shorter key, or one with any name in some place, is Keycloak's own too. */
    private static boolean isSaid(List<String> key, Set<List<String>> seen) {
        for (int i = 0; i < key.size(); i++) {
            List<String> shorter = new ArrayList<>(key);
            shorter.remove(i);
            List<String> wider = new ArrayList<>(key);
            wider.set(i, INVENTED);
            if (seen.contains(shorter) || (seen.contains(wider) && !wider.equals(key))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOwn(TypeFacts type, String realm, List<String> key) {
        List<String> whole = new ArrayList<>(List.of(realm));
        whole.addAll(key);
        return type.type().isBuiltIn(new Address(type.name(), whole));
    }

    private static List<List<String>> keys(List<String> names, int depth) {
        List<List<String>> keys = new ArrayList<>(List.of(List.of()));
        for (int i = 0; i < depth && keys.size() * names.size() < 1_000_000; i++) {
            List<List<String>> longer = new ArrayList<>();
            for (List<String> key : keys) {
                for (String name : names) {
                    List<String> more = new ArrayList<>(key);
                    more.add(name);
                    longer.add(more);
                }
            }
            keys = longer;
        }
        return keys.stream().filter(key -> key.size() == depth).toList();
    }

    /** Where a type answers what is built in: in its own source, or in what several types share. */
    private static Class<?> answering(TypeFacts type) {
        try {
            return type.type().getClass().getMethod("isBuiltIn", Address.class).getDeclaringClass().getNestHost();
        } catch (NoSuchMethodException e) {
            throw new AssertionError("a type answers what is built in", e);
        }
    }

    private static List<String> names(TypeFacts type) {
        Path answers = SOURCES.resolve(answering(type).getSimpleName() + ".java");
        if (!Files.exists(answers)) {
            return List.of();
        }
        String source = read(answers);
        int from = source.indexOf("boolean isBuiltIn(");
        StringBuilder text = new StringBuilder(source);
        CLASS.matcher(source.substring(from, source.indexOf("\n    }", from)))
                .results()
                .map(found -> SOURCES.resolve(found.group(1) + ".java"))
                .distinct()
                .filter(Files::exists)
                .forEach(file -> text.append(read(file)));
        return LITERAL.matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(NAME.asMatchPredicate())
                .distinct()
                .toList();
    }
}
