package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Origin;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The section {@code components} of a realm document: by kind, a list of components, or a map of them by name; in each the
 * components inside it, in the same way.
 */
final class ComponentSection {

    static final String NAME = "components";

    private static final String INSIDE = "subComponents";

    /** In keys of components at the top: realm, kind, and before the name the sub-type, if there is one. */
    private static final int NAME_OF_TOP = 3;

    private final String realm;
    private final Pieces pieces;

    private ComponentSection(String realm, Pieces pieces) {
        this.realm = realm;
        this.pieces = pieces;
    }

    static void cut(String realm, Value.MapOf document, Origin origin, Pieces pieces) {
        new ComponentSection(realm, pieces).top(document, origin);
    }

    private void top(Value.MapOf document, Origin origin) {
        for (String kind : kinds(document, NAME, origin)) {
            if (ComponentKinds.isOfOtherType(kind)) {
                continue;
            }
            for (Pieces.Member member : members(document.map(NAME), origin.at(NAME), kind)) {
                Value.MapOf body = body(member);
                Address address = ComponentType.address(realm, kind, body.text(Components.SUB_TYPE), member.name());
                pieces.add(new ComponentType(), address, own(member, Components.SUB_TYPE), member.origin());
                inside(address, body, member.origin());
            }
        }
    }

    private void inside(Address around, Value.MapOf component, Origin origin) {
        for (String kind : kinds(component, INSIDE, origin)) {
            for (Pieces.Member member : members(component.map(INSIDE), origin.at(INSIDE), kind)) {
                Address address = SubComponentType.address(around, kind, member.name());
                pieces.add(new SubComponentType(), address, own(member), member.origin());
                inside(address, body(member), member.origin());
            }
        }
    }

    private List<String> kinds(Value.MapOf object, String section, Origin origin) {
        return switch (object.get(section).orElse(Value.NULL)) {
            case Value.MapOf kinds -> List.copyOf(kinds.fields().keySet());
            case Value.Null ignored -> List.of();
            case Value other -> {
                pieces.problem(section + " is not a map", origin.at(section),
                        "Write the kinds of components as its keys.");
                yield List.of();
            }
        };
    }

    /** Some have no name: those are known by their provider. */
    private List<Pieces.Member> members(Value.MapOf kinds, Origin origin, String kind) {
        SortedMap<String, Value> named = new TreeMap<>(kinds.fields());
        if (named.get(kind) instanceof Value.ListOf(List<Value> items)) {
            List<Value> complete = new ArrayList<>();
            items.forEach(item -> complete.add(item instanceof Value.MapOf map && !ComponentTree.name(map).isEmpty()
                    ? map.with("name", Value.text(ComponentTree.name(map)))
                    : item));
            named.put(kind, new Value.ListOf(complete));
        }
        return pieces.members(new Value.MapOf(named), origin, kind, "name");
    }

    private static Value.MapOf body(Pieces.Member member) {
        return member.body() instanceof Value.MapOf map ? map : Value.EMPTY_MAP;
    }

    /** What the address does not say, without what lies inside. */
    private static Value own(Pieces.Member member, String... inAddress) {
        return member.body() instanceof Value.MapOf map ? map.without(INSIDE, "providerType").without(inAddress)
                : member.body();
    }

    /** The other way round. Names are unique only with their sub-type, so they are items of lists. */
    static void paste(Resource live, Sheet document) {
        List<String> key = live.address().key();
        boolean isInside = live.address().type().equals(SubComponentType.NAME);
        Sheet component = item(document, live.address());
        component.put(live.value());
        component.put("name", Value.text(live.address().name()));
        if (!isInside && key.size() > NAME_OF_TOP) {
            component.put(Components.SUB_TYPE, Value.text(key.get(NAME_OF_TOP - 1)));
        }
    }

    private static Sheet item(Sheet document, Address address) {
        if (address.type().equals(ComponentType.NAME)) {
            List<String> key = address.key();
            return document.at(List.of(NAME, ComponentKinds.full(key.get(1)))).item(String.join("\0", key));
        }
        return item(document, SubComponentType.around(address))
                .at(List.of(INSIDE, ComponentKinds.full(SubComponentType.kind(address))))
                .item(address.name());
    }
}
