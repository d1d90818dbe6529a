package dev.realmform.cli;

import dev.realmform.json.SavedPlan;
import dev.realmform.model.Address;
import dev.realmform.model.Expectation;
import dev.realmform.model.Product;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What a saved plan remembers of what its files expect of access: the sentences, and the things of a product that they name. */
final class SavedExpectations {

    /** The key in a plan's options. */
    static final String THINGS = "things";

    private static final String ROLES = "roles";
    private static final String BECAUSE = "because";

    private SavedExpectations() {}

    /** Things that sentences name, by realm. */
    static Value.MapOf things(List<Expectation> expected, Map<String, Product> products) {
        Value.MapOf realms = Value.EMPTY_MAP;
        for (Expectation expectation : expected) {
            String realm = expectation.realm();
            Product product = products.get(realm);
            String name = expectation.sentence().thing();
            if (product != null && product.thing(name).isPresent()) {
                List<Value> ways = new ArrayList<>();
                product.thing(name)
                        .get()
                        .ways()
                        .forEach(way -> ways.add(Value.EMPTY_MAP
                                .with(BECAUSE, Value.text(way.because()))
                                .with(ROLES, Value.texts(way.roles().stream().map(Address::toString).toList()))));
                realms = realms.with(realm, realms.map(realm).with(name, new Value.ListOf(ways)));
            }
        }
        return realms;
    }

    static List<Expectation> expected(SavedPlan saved) {
        return saved.plan().expected().stream().map(Expectation.Outcome::expectation).toList();
    }

    static Map<String, Product> products(SavedPlan saved) {
        Map<String, Product> products = new HashMap<>();
        Value.MapOf realms = saved.inputs().options().map(THINGS);
        for (String realm : realms.fields().keySet()) {
            List<Product.Thing> things = new ArrayList<>();
            Value.MapOf named = realms.map(realm);
            named.fields().keySet().forEach(name -> things.add(new Product.Thing(name, ways(named.list(name)))));
            products.put(realm, new Product("", "thing", things, "", ""));
        }
        return products;
    }

    private static List<Product.Way> ways(List<Value> written) {
        List<Product.Way> ways = new ArrayList<>();
        for (Value one : written) {
            if (one instanceof Value.MapOf way) {
                ways.add(new Product.Way(way.text(BECAUSE).orElse(""),
                        new TreeSet<>(way.texts(ROLES).stream().map(Address::parse).toList())));
            }
        }
        return ways;
    }
}
