package dev.realmform.config;

import dev.realmform.model.Nearness;
import dev.realmform.model.Problem;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * YAML's anchors of one document, with a budget: a few hundred bytes of nested aliases stand for billions of values.
 *
 * <p>Alias and anchor share one node, so an alias costs nothing until somebody walks the tree. The budget bounds that walk.
 */
final class Anchors {

    /** How many values the aliases of one file may stand for. */
    static final int BUDGET = 100_000;

    private final Map<String, Anchored> anchored = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    private int count;
    private int spent;

    /**
     * @param weight how many values it stands for, those of aliases in it included
     * @param height how many levels lie below it
     */
    record Anchored(Node node, int weight, int height) {}

    void startDocument() {
        anchored.clear();
        open.clear();
    }

    /** How many values have been read so far, those of aliases included. */
    int count() {
        return count;
    }

    void countOne() {
        count++;
    }

    void open(String name) {
        open.add(name);
    }

    void close(String name, Node node, int weight, int height) {
        open.remove(name);
        anchored.put(name, new Anchored(node, weight, height));
    }

    Anchored use(String name, Place place) {
        if (open.contains(name)) {
            throw Problem.invalid("the alias *" + Texts.printable(name) + " lies inside of what it stands for",
                    place.toString(), "Write the value out.").asException();
        }
        Anchored found = anchored.get(name);
        if (found == null) {
            throw Problem.invalid("the alias *" + Texts.printable(name) + " stands for nothing", place.toString(),
                    Texts.sentences("Mark a value before it in the same document with &" + Texts.printable(name)
                            + ", or quote the text.", Nearness.similar(name, anchored.keySet())))
                    .asException();
        }
        spent += found.weight();
        count += found.weight();
        if (spent > BUDGET) {
            throw Problem.invalid("the aliases of this file stand for more than " + BUDGET + " values",
                    place.toString(), "Write the values out, or use realmform.vars.").asException();
        }
        return found;
    }
}
