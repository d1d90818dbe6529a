package dev.realmform.plan;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Path;
import dev.realmform.model.Reference;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.Field;
import dev.realmform.provider.ResourceType;
import dev.realmform.provider.Schema;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A type with one field of each kind. {@code needs} holds addresses; a key of two parts lies inside the one of one part. */
record FakeType(String name) implements ResourceType {

    static final Schema SCHEMA = Schema.of(Map.ofEntries(Map.entry("id", Field.any().computed()),
            Map.entry("kind", Field.any().immutable()), Map.entry("enabled", Field.any().byDefault(true)),
            Map.entry("uris", Field.set()), Map.entry("order", Field.sequence()),
            Map.entry("todo", Field.set().consumed()), Map.entry("needs", Field.set()),
            Map.entry("attributes", Field.mapOf(Field.any())),
            Map.entry("mappers",
                    Field.named("name", Field.object(Map.of("config", Field.mapOf(Field.any()).secretsByName())))),
            Map.entry("secret", Field.any().secret()), Map.entry("password", Field.any().writeOnly()),
            Map.entry("initial", Field.any().writeOnly().createOnly())));

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public Set<Reference> references(Resource desired) {
        Set<Reference> found = desired.value()
                .texts("needs")
                .stream()
                .map(text -> new Reference(Address.parse(text), Path.of("needs")))
                .collect(Collectors.toCollection(java.util.HashSet::new));
        container(desired.address()).ifPresent(container -> found.add(new Reference(container, Path.ROOT)));
        return found;
    }

    @Override
    public Optional<Address> container(Address address) {
        return address.key().size() < 2
                ? Optional.empty()
                : Optional.of(new Address(address.type(), address.key().subList(0, address.key().size() - 1)));
    }

    @Override
    public Set<String> exclusive(Resource resource) {
        return Set.copyOf(resource.value().texts("alone"));
    }

    /** What lies in a container and is called so needs what the container is changed to. */
    @Override
    public boolean awaits(Address resource, Address needed) {
        return resource.name().equals("awaiting") && container(resource).filter(needed::equals).isPresent();
    }

    @Override
    public boolean awaits(Resource resource, Change needed) {
        return awaits(resource.address(), needed.address()) || after(resource).contains(needed.address());
    }

    @Override
    public Set<Address> follows(Change change) {
        return change instanceof Change.Create create ? after(create.desired()) : Set.of();
    }

    @Override
    public String insteadOfFollowing() {
        return "Go before it.";
    }

    private static Set<Address> after(Resource resource) {
        return resource.value().texts("after").stream().map(Address::parse).collect(Collectors.toSet());
    }

    @Override
    public Optional<String> collection() {
        return Optional.of(name + "s");
    }

    @Override
    public Optional<String> lossOnDelete(Resource live) {
        return live.value().has("loss") ? Optional.of("what it held is lost") : Optional.empty();
    }

    static Value.MapOf map(Object... pairs) {
        Value.MapOf map = Value.EMPTY_MAP;
        for (int i = 0; i < pairs.length; i += 2) {
            map = map.with((String) pairs[i], value(pairs[i + 1]));
        }
        return map;
    }

    static Value value(Object plain) {
        return switch (plain) {
            case Value value -> value;
            case String text -> Value.text(text);
            case Boolean flag -> Value.bool(flag);
            case Integer number -> Value.num(number);
            case Iterable<?> items -> {
                java.util.List<Value> values = new java.util.ArrayList<>();
                items.forEach(item -> values.add(value(item)));
                yield new Value.ListOf(values);
            }
            default -> throw new IllegalArgumentException(plain.getClass().getName());
        };
    }

    static Set<Path> paths(Iterable<dev.realmform.model.Edit> edits) {
        Set<Path> paths = new TreeSet<>();
        edits.forEach(edit -> paths.add(edit.path()));
        return paths;
    }
}
