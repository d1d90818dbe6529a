package dev.realmform.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A map or a list that is gone through from its beginning, each value exactly once, and copied from the first one on that
 * becomes another. Most parts of a document say what they mean: nothing is copied of them.
 */
@SuppressWarnings("ReferenceEquality") // Equal ones may be replaced or not: this only spares memory.
final class Rewriting {

    private Rewriting() {}

    /** Of a map. */
    static final class OfFields {

        private final Node.Fields map;
        private @Nullable SequencedMap<String, Node.Entry> changed;

        OfFields(Node.Fields map) {
            this.map = map;
        }

        /** What becomes of the value of the next field; the field goes if it is empty. */
        void next(Map.Entry<String, Node.Entry> field, Optional<? extends Node> becomes) {
            Node.Entry entry = field.getValue();
            SequencedMap<String, Node.Entry> copy = changed;
            if (copy == null && (becomes.isEmpty() || becomes.get() != entry.node())) {
                copy = before(field.getKey());
                changed = copy;
            }
            if (copy != null && becomes.isPresent()) {
                copy.put(field.getKey(), entry.with(entry.key(), becomes.get()));
            }
        }

        private SequencedMap<String, Node.Entry> before(String name) {
            SequencedMap<String, Node.Entry> copy = new LinkedHashMap<>();
            for (Map.Entry<String, Node.Entry> same : map.entries().entrySet()) {
                if (same.getKey().equals(name)) {
                    break;
                }
                copy.put(same.getKey(), same.getValue());
            }
            return copy;
        }

        /** The map as it has become: the same one if nothing has. */
        Node.Fields done() {
            return changed == null ? map : new Node.Fields(changed, map.place());
        }
    }

    /** Of a list. */
    static final class OfItems {

        private final Node.Items list;
        private @Nullable List<Node> changed;
        private int at;

        OfItems(Node.Items list) {
            this.list = list;
        }

        /** What becomes of the next item; it goes if that is empty. */
        void next(Optional<? extends Node> becomes) {
            List<Node> copy = changed;
            if (copy == null && (becomes.isEmpty() || becomes.get() != list.items().get(at))) {
                copy = new ArrayList<>(list.items().subList(0, at));
                changed = copy;
            }
            if (copy != null && becomes.isPresent()) {
                copy.add(becomes.get());
            }
            at++;
        }

        /** The list as it has become: the same one if nothing has. */
        Node.Items done() {
            return changed == null ? list : new Node.Items(changed, list.place());
        }
    }
}
