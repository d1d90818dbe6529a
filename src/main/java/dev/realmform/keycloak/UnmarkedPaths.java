package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Paths of groups as exports have them, in which a slash of a name is not marked (26.7.3): {@code /a/b} of a group that is called
 * a/b. It is meant where it is the only one that is declared and written that way, and nobody declares a group b in a group a.
 */
final class UnmarkedPaths {

    /** By the path without marks, the one with them. */
    private final Map<String, String> marked;

    private UnmarkedPaths(Map<String, String> marked) {
        this.marked = marked;
    }

    /** The resources of one realm with the paths in them marked. */
    static SortedMap<Address, Resource> marked(SortedMap<Address, Resource> declared) {
        UnmarkedPaths paths = of(declared.keySet());
        if (paths.marked.isEmpty()) {
            return declared;
        }
        SortedMap<Address, Resource> marked = new TreeMap<>();
        declared.forEach((address, resource) -> marked.put(address, resource.withValue(paths.in(resource))));
        return marked;
    }

    private static UnmarkedPaths of(Set<Address> declared) {
        Map<String, String> marked = new HashMap<>();
        Set<String> doubtful = new HashSet<>();
        for (Address group : declared) {
            if (group.type().equals(GroupType.NAME) && group.key().stream().anyMatch(name -> name.contains("/"))) {
                String path = "/" + String.join("/", group.key().subList(1, group.key().size()));
                if (marked.put(path, GroupPath.text(group)) != null
                        || declared.contains(GroupPath.address(group.root(), path))) {
                    doubtful.add(path);
                }
            }
        }
        marked.keySet().removeAll(doubtful);
        return new UnmarkedPaths(marked);
    }

    private Value.MapOf in(Resource resource) {
        Value.MapOf value = resource.value();
        return switch (resource.address().type()) {
            case UserType.NAME, ServiceAccountType.NAME -> TextSet.each(value, GroupPaths.FIELD, this::path);
            case RealmBindingsType.NAME -> TextSet.each(value, RealmBindingsType.GROUPS, this::path);
            case AuthorizationPolicyType.NAME -> policy(value);
            default -> value;
        };
    }

    private String path(String written) {
        return marked.getOrDefault(written, written);
    }

    private Value.MapOf policy(Value.MapOf value) {
        Value.MapOf config = value.map(PolicyConfig.FIELD);
        Value.MapOf groups = config.map(PolicyConfig.GROUPS);
        if (groups.fields().keySet().stream().noneMatch(marked::containsKey)) {
            return value;
        }
        SortedMap<String, Value> members = new TreeMap<>();
        groups.fields().forEach((path, member) -> members.put(path(path), member));
        return value.with(PolicyConfig.FIELD, config.with(PolicyConfig.GROUPS, new Value.MapOf(members)));
    }
}
