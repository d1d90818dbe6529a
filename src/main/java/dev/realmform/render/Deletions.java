package dev.realmform.render;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Plan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Everything that a plan deletes, said once more at its end, with what is lost; and the other warnings. */
final class Deletions {

    /** What goes along with a container, named at its deletion, above which it is counted only. */
    private static final int MOST_INSIDE = 8;

    private final Plan plan;
    private final Look look;
    private final Set<Address> going = new HashSet<>();
    private final Map<Address, List<Address>> inside = new HashMap<>();
    private final Map<Address, List<String>> losses = new HashMap<>();

    Deletions(Plan plan, Look look) {
        this.plan = plan;
        this.look = look;
        for (Change change : plan.changes()) {
            switch (change) {
                case Change.Delete delete -> {
                    going.add(delete.address());
                    delete.goesWith().ifPresent(container -> put(inside, container, delete.address()));
                }
                case Change.Replace replace -> going.add(replace.address());
                case Change.Create ignored -> {
                }
                case Change.Update ignored -> {
                }
                case Change.Adopt ignored -> {
                }
                case Change.Forget ignored -> {
                }
            }
        }
        for (Plan.Notice notice : plan.notices()) {
            if (notice instanceof Plan.Notice.Warning(var about, String text)
                    && about.filter(going::contains).isPresent()) {
                put(losses, about.get(), text);
            }
        }
    }

    private static <T> void put(Map<Address, List<T>> map, Address key, T value) {
        map.computeIfAbsent(key, unseen -> new ArrayList<>()).add(value);
    }

    /** Warnings that are not about something that goes. */
    List<Line> otherWarnings() {
        List<Line> lines = new ArrayList<>();
        for (Plan.Notice notice : plan.notices()) {
            if (notice instanceof Plan.Notice.Warning(var about, String text)
                    && about.filter(going::contains).isEmpty()) {
                String whom = about.map(address -> name(address) + ": ").orElse("");
                lines.add(Line.of(0, Tone.WARNING, "! " + whom + look.glyphs().prose(text)));
            }
        }
        return lines;
    }

    List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        for (Change change : plan.changes()) {
            if (change instanceof Change.Delete delete && delete.goesWith().filter(going::contains).isEmpty()) {
                lines.add(destroys(change.address(), with(allInside(change.address()))));
            } else if (change instanceof Change.Replace) {
                lines.add(destroys(change.address(), ", then creates it anew"));
            }
        }
        return lines;
    }

    private Line destroys(Address address, String more) {
        String lost = losses.getOrDefault(address, List.of())
                .stream()
                .map(loss -> ": " + loss)
                .collect(Collectors.joining());
        return Line.of(0, Tone.REMOVED, "! destroys " + name(address) + more + look.glyphs().prose(lost));
    }

    /** What goes along, and what goes along with that. */
    private List<Address> allInside(Address container) {
        List<Address> all = new ArrayList<>();
        Set<Address> seen = new HashSet<>(Set.of(container));
        Deque<Address> open = new ArrayDeque<>(Set.of(container));
        while (!open.isEmpty()) {
            for (Address address : inside.getOrDefault(open.removeFirst(), List.of())) {
                if (seen.add(address)) {
                    all.add(address);
                    open.addLast(address);
                }
            }
        }
        return all;
    }

    private String with(List<Address> contents) {
        if (contents.isEmpty()) {
            return "";
        }
        int shown = look.isFull() || contents.size() <= MOST_INSIDE + 1 ? contents.size() : MOST_INSIDE;
        String names = contents.subList(0, shown).stream().map(this::name).collect(Collectors.joining(", "));
        String more = ", %s %d more, --full".formatted(look.glyphs().ellipsis(), contents.size() - shown);
        return " and with it " + names + (shown < contents.size() ? more : "");
    }

    private String name(Address address) {
        return look.glyphs().escape(address.toString());
    }
}
