package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Directives;
import dev.realmform.model.Origin;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.Expansion;
import dev.realmform.provider.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The resources that are being cut out of one realm document, and what was left over. */
final class Pieces {

    private static final String COMPUTED = "the server computes it";

    private final SortedMap<Address, Resource> resources = new TreeMap<>();
    /** An export of a whole realm leaves aside some 25 fields: the most frequent say what kind they are of. */
    private static final int MANY = 12;
    private static final int SHOWN = 8;

    /** By the reason, what and how often. */
    private final SortedMap<String, SortedMap<String, Integer>> leftAside = new TreeMap<>();
    private final SortedMap<String, Integer> notManaged = new TreeMap<>();
    private final SortedMap<String, Integer> sealed = new TreeMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Plan.Notice> warnings = new ArrayList<>();

    /**
     * Adds a resource: its {@code $} keys become directives, what the server computes is left aside.
     *
     * @param body the object as the file has it; null and "nothing but the name" declare that it exists
     */
    void add(KeycloakType type, Address address, Value body, Origin origin) {
        if (!(body instanceof Value.MapOf) && !(body instanceof Value.Null)) {
            problem(address + " is not an object", origin, "Write its fields as a map.");
            return;
        }
        if (BuiltIn.isSealed(address)) {
            if (body instanceof Value.MapOf map && map.isTrue("$delete")) {
                problem(address + " cannot be deleted: Keycloak lets nobody change it", origin, "Take $delete out.");
            }
            sealed.merge(address.key().get(1), 1, Integer::sum);
            return;
        }
        Value.MapOf raw = body instanceof Value.MapOf map ? map : Value.EMPTY_MAP;
        boolean directed = hasDirectives(raw);
        Directives directives = directed ? directives(type, address, raw, origin) : Directives.NONE;
        Value.MapOf fields = directed ? withoutDirectives(raw) : raw;
        count(type.schema().root(), fields);
        Resource resource = new Resource(address, type.canonical(fields), origin, directives);
        Resource first = resources.putIfAbsent(address, resource);
        if (first != null) {
            problem(address + " is declared twice in one document", origin,
                    "It stands at " + first.source().exact()
                            + " too: on the server both names are one. Keep one of the two.");
        }
    }

    private static boolean hasDirectives(Value.MapOf raw) {
        for (String key : raw.fields().keySet()) {
            if (key.startsWith("$")) {
                return true;
            }
        }
        return false;
    }

    private Directives directives(KeycloakType type, Address address, Value.MapOf raw, Origin origin) {
        Set<Path> ignore = new HashSet<>();
        raw.texts("$ignore").forEach(text -> ignore.add(Path.parse(text)));
        for (Map.Entry<String, Value> field : raw.fields().entrySet()) {
            switch (field.getKey()) {
                case "$was", "$delete", "$protect", "$ignore" -> {
                }
                case "$secretTo" -> problem("$secretTo comes later: this version cannot place generated secrets",
                        origin.at("$secretTo"), "Take it out, and put the secret where it is needed yourself.");
                default -> {
                    if (field.getKey().startsWith("$")) {
                        problem(field.getKey() + " means nothing in " + address.type(), origin.at(field.getKey()),
                                "Take it out.");
                    }
                }
            }
        }
        Optional<Boolean> protect = raw.get("$protect")
                .filter(Value.Bool.class::isInstance)
                .map(value -> ((Value.Bool) value).value());
        Optional<Address> was = raw.text("$was")
                .map(name -> type.was(address, name))
                .filter(old -> !old.equals(address));
        was.filter(old -> !parent(old).equals(parent(address)))
                .ifPresent(old -> problem("$was can rename " + old + ", not move it to another place",
                        origin.at("$was"), "Name something that lies beside " + address + "."));
        return new Directives(was, raw.isTrue("$delete"), protect, ignore);
    }

    private static List<String> parent(Address address) {
        return address.key().subList(0, address.key().size() - 1);
    }

    private static Value.MapOf withoutDirectives(Value.MapOf raw) {
        return raw.without(raw.fields().keySet().stream().filter(key -> key.startsWith("$")).toArray(String[]::new));
    }

    private void count(Field field, Value value) {
        switch (value) {
            case Value.MapOf map -> {
                for (Map.Entry<String, Value> entry : map.fields().entrySet()) {
                    Field known = field.at(entry.getKey());
                    if (known.is(Field.Trait.COMPUTED)) {
                        leaveAside(entry.getKey());
                    } else {
                        count(known, entry.getValue());
                    }
                }
            }
            case Value.ListOf(List<Value> items) -> field.members()
                    .filter(member -> field.memberName().isPresent())
                    .ifPresent(member -> items.forEach(item -> count(member, item)));
            case Value.Null ignored -> {
            }
            case Value.Bool ignored -> {
            }
            case Value.Num ignored -> {
            }
            case Value.Text ignored -> {
            }
            case dev.realmform.model.Secret ignored -> {
            }
            case Value.Unknown ignored -> {
            }
            case Value.Hidden ignored -> {
            }
        }
    }

    /** Counts a field that the server computes, or that no server reads any more. */
    void leaveAside(String field) {
        leaveAside(COMPUTED, field, 1);
    }

    /** @param why goes on after "since" */
    void leaveAside(String why, String what, int count) {
        leftAside.computeIfAbsent(why, reason -> new TreeMap<>()).merge(what, count, Integer::sum);
    }

    /** Names a section that realmform does not manage (yet), with what is in it. */
    void notManaged(String section, Value value) {
        int entries = switch (value) {
            case Value.ListOf(List<Value> items) -> items.size();
            case Value.MapOf map -> map.fields().size();
            case Value.Null ignored -> 0;
            case Value.Bool ignored -> 1;
            case Value.Num ignored -> 1;
            case Value.Text ignored -> 1;
            case dev.realmform.model.Secret ignored -> 1;
            case Value.Unknown ignored -> 1;
            case Value.Hidden ignored -> 1;
        };
        if (entries > 0) {
            notManaged.merge(section, entries, Integer::sum);
        }
    }

    /** What a reader should know although it can be carried out. */
    void warn(String text) {
        warnings.add(new Plan.Notice.Warning(Optional.empty(), text));
    }

    void problem(String what, Origin origin, String remedy) {
        problems.add(Problem.invalid(what, origin.source().exact(), remedy));
    }

    /** One member of a list of named objects. */
    record Member(String name, Value body, Origin origin) {}

    /** The members of a section whose objects have a name, written as a map or as a list. */
    List<Member> members(Value.MapOf document, Origin origin, String section, String nameField) {
        Origin at = origin.at(section);
        return switch (document.get(section).orElse(Value.NULL)) {
            case Value.MapOf map -> map.fields()
                    .entrySet()
                    .stream()
                    .map(entry -> new Member(entry.getKey(), unnamed(entry.getValue(), nameField),
                            at.at(entry.getKey())))
                    .toList();
            case Value.ListOf(List<Value> items) -> listed(items, at, nameField);
            case Value.Null ignored -> List.of();
            case Value other -> {
                problem(section + " is neither a list nor a map", at, "Write its members as a list or a map.");
                yield List.of();
            }
        };
    }

    private List<Member> listed(List<Value> items, Origin at, String nameField) {
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Origin origin = at.at(String.valueOf(i));
            if (items.get(i) instanceof Value.MapOf map && map.text(nameField).isPresent()) {
                members.add(new Member(map.text(nameField).get(), map.without(nameField), origin));
            } else {
                problem("a member without " + nameField, origin, "Give it a " + nameField + ".");
            }
        }
        return members;
    }

    private static Value unnamed(Value body, String nameField) {
        return body instanceof Value.MapOf map ? map.without(nameField) : body;
    }

    Expansion finish() {
        List<Plan.Notice> notices = new ArrayList<>(warnings);
        if (!notManaged.isEmpty()) {
            notices.add(new Plan.Notice.General("not managed: " + notManaged.entrySet()
                    .stream()
                    .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                    .collect(Collectors.joining(", "))));
        }
        leftAside.forEach((why, counts) -> notices.add(
                new Plan.Notice.General("left aside, since " + why + ": " + listed(counts))));
        if (!sealed.isEmpty()) {
            notices.add(new Plan.Notice.General(
                    "left to Keycloak, which lets nobody change its admin client and roles: " + listed(sealed)));
        }
        problems.addAll(SharedMails.declared(resources));
        return new Expansion(List.copyOf(UnmarkedPaths.marked(resources).values()), notices, problems);
    }

    /** {@code id (138), containerId (43)}, the most first; of many, only how many more there are. */
    private static String listed(SortedMap<String, Integer> counts) {
        String listed = counts.entrySet()
                .stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(counts.size() > MANY ? SHOWN : MANY)
                .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                .collect(Collectors.joining(", "));
        return counts.size() > MANY ? listed + ", and " + (counts.size() - SHOWN) + " others" : listed;
    }
}
