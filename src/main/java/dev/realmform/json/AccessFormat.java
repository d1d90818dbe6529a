package dev.realmform.json;

import dev.realmform.model.Access;
import dev.realmform.model.Access.Lifespan;
import dev.realmform.model.Access.Move;
import dev.realmform.model.Access.Way;
import dev.realmform.model.Access.Who;
import dev.realmform.model.Address;
import dev.realmform.model.Fields;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Who gains or loses which roles, in a plan file. */
final class AccessFormat {

    private AccessFormat() {}

    static Value.MapOf write(Access access) {
        Value.MapOf effective = Value.EMPTY_MAP;
        for (String realm : access.effective().keySet()) {
            Lifespan lifespan = access.effective().getOrDefault(realm, new Lifespan(0, new TreeMap<>()));
            Value.MapOf longer = Value.EMPTY_MAP;
            for (Map.Entry<Address, Long> client : lifespan.longer().entrySet()) {
                longer = longer.with(client.getKey().toString(), Value.num(client.getValue()));
            }
            effective = effective.with(realm,
                    Value.EMPTY_MAP.with("seconds", Value.num(lifespan.seconds())).with("longer", longer));
        }
        List<Value> moves = new ArrayList<>();
        access.moves().forEach(move -> moves.add(write(move)));
        return Value.EMPTY_MAP.with("moves", new Value.ListOf(moves)).with("takes_effect_within", effective);
    }

    private static Value write(Move move) {
        Value.MapOf written = Value.EMPTY_MAP.with("by", Value.text(move.by().toString()))
                .with("way", Value.text(word(move.way())))
                .with("roles", addresses(move.roles()));
        return switch (move.who()) {
            case Who.Users(List<Address> users) -> written.with("count", Value.num(users.size()))
                    .with("users", addresses(users));
            case Who.NotCounted(Address have, String why) -> written.with("not_counted",
                    Value.EMPTY_MAP.with("have", Value.text(have.toString())).with("why", Value.text(why)));
        };
    }

    private static Value addresses(List<Address> addresses) {
        return Value.texts(addresses.stream().map(Address::toString).toList());
    }

    private static String word(Way way) {
        return way == Way.GAIN ? "gain" : "lose";
    }

    static Access read(Fields fields) {
        SortedMap<String, Lifespan> effective = new TreeMap<>();
        Fields realms = fields.in("takes_effect_within");
        for (String realm : realms.map().fields().keySet()) {
            Fields lifespan = realms.in(realm);
            SortedMap<Address, Long> longer = new TreeMap<>();
            Fields clients = lifespan.in("longer");
            clients.map()
                    .fields()
                    .keySet()
                    .forEach(client -> longer.put(Fields.address(client, clients.at() + "." + client),
                            clients.number(client)));
            effective.put(realm, new Lifespan(lifespan.number("seconds"), longer));
        }
        return new Access(fields.each("moves").stream().map(AccessFormat::move).toList(), effective);
    }

    private static Move move(Fields fields) {
        Way way = switch (fields.text("way")) {
            case "gain" -> Way.GAIN;
            case "lose" -> Way.LOSE;
            default -> throw fields.wrong("way", "is neither gain nor lose");
        };
        Who who = fields.has("not_counted")
                ? new Who.NotCounted(fields.in("not_counted").address("have"), fields.in("not_counted").text("why"))
                : new Who.Users(addresses(fields, "users"));
        return new Move(fields.address("by"), way, addresses(fields, "roles"), who);
    }

    private static List<Address> addresses(Fields fields, String name) {
        return fields.texts(name).stream().map(text -> Fields.address(text, fields.at() + "." + name)).toList();
    }
}
