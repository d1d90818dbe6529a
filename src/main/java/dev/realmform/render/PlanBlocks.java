package dev.realmform.render;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Edit;
import dev.realmform.model.Plan;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The changes of a plan as blocks, in the order of the plan. */
final class PlanBlocks {

    /** Declared fields of a creation, above which they are folded. */
    private static final int MOST_FIELDS = 8;

    /** Adoptions without any difference, above which they are folded. */
    private static final int MOST_ADOPTIONS = 8;

    private final Plan plan;
    private final Heading heading;
    private final Look look;
    private final Voice voice;
    private final Values values;
    private final AccessWords access;
    private final Map<Address, Change> byAddress;
    private final Map<Address, List<String>> notices = new HashMap<>();

    PlanBlocks(Plan plan, Heading heading, Look look, Voice voice) {
        this.plan = plan;
        this.heading = heading;
        this.look = look;
        this.voice = voice;
        this.values = new Values(SecretIndex.of(plan), look);
        this.access = new AccessWords(plan.access(), look);
        this.byAddress = plan.changes().stream().collect(Collectors.toMap(Change::address, c -> c, (a, b) -> a));
        for (Plan.Notice notice : plan.notices()) {
            if (notice instanceof Plan.Notice.About(Address about, String text)) {
                notices.computeIfAbsent(about, unseen -> new ArrayList<>()).add(text);
            }
        }
    }

    List<Block> all() {
        List<Block> blocks = new ArrayList<>();
        List<Change> adoptions = plan.changes().stream().filter(PlanBlocks::isPureAdoption).toList();
        boolean folded = !look.isFull() && adoptions.size() > MOST_ADOPTIONS;
        if (folded) {
            blocks.add(foldedAdoptions(adoptions));
        }
        blocks.addAll(plan.changes()
                .parallelStream()
                .filter(change -> !folded || !isPureAdoption(change))
                .map(this::block)
                .toList());
        return blocks;
    }

    private static boolean isPureAdoption(Change change) {
        return change instanceof Change.Adopt && change.edits().isEmpty();
    }

    private static Block foldedAdoptions(List<Change> adoptions) {
        Map<String, Integer> counts = new TreeMap<>();
        adoptions.forEach(change -> counts.merge(change.address().type(), 1, Integer::sum));
        String types = counts.entrySet()
                .stream()
                .map(count -> Words.count(count.getValue(), count.getKey()))
                .collect(Collectors.joining(", "));
        return new Block("=", Tone.QUIET, "%d adopted: %s (--full lists them)".formatted(adoptions.size(), types), "",
                List.of());
    }

    Block block(Change change) {
        String about = isPureAdoption(change) ? "" : voice.about(change);
        String title = escape(change.address().toString()) + (about.isEmpty() ? "" : " " + about);
        return switch (change) {
            case Change.Create ignored -> new Block("+", Tone.ADDED, title, right(change), lines(change));
            case Change.Update ignored -> new Block("~", Tone.CHANGED, title, right(change), lines(change));
            case Change.Replace ignored -> new Block("-/+", Tone.REMOVED, title, right(change), lines(change));
            case Change.Delete ignored -> new Block("-", Tone.REMOVED, title, right(change), lines(change));
            case Change.Adopt adopt -> {
                boolean pure = adopt.edits().isEmpty();
                yield new Block(pure ? "=" : "~", pure ? Tone.QUIET : Tone.CHANGED, title, right(change),
                        lines(change));
            }
            case Change.Forget ignored -> new Block(".", Tone.QUIET, title, right(change), lines(change));
        };
    }

    private String right(Change change) {
        return escape(switch (change) {
            case Change.Delete delete -> why(delete);
            case Change.Forget forget -> switch (forget.why()) {
                case ADOPTED -> heading.leftFile() + ", stays on the server";
                case GONE -> heading.leftFile() + ", gone from the server";
            };
            case Change.Create create -> create.desired().source().told();
            case Change.Update update -> update.desired().source().told();
            case Change.Replace replace -> replace.desired().source().told();
            case Change.Adopt adopt -> adopt.desired().source().told();
        });
    }

    private String why(Change.Delete delete) {
        return switch (delete.why()) {
            case LEFT_THE_FILE -> heading.leftFile();
            case ASKED -> "$delete";
            case NOT_DECLARED -> "not declared, " + Words.types(delete.address().type()) + " are authoritative";
            case DESTROY -> "";
            case INSIDE -> delete.goesWith().map(container -> "inside " + container).orElse("");
        };
    }

    private List<Line> lines(Change change) {
        List<Line> lines = new ArrayList<>();
        if (change instanceof Change.Create create) {
            lines.addAll(Fold.to(MOST_FIELDS, declared(create.desired().value()), look));
        }
        if (change instanceof Change.Update update) {
            update.renamedFrom()
                    .ifPresent(old -> lines.add(Line.of(4, Tone.EDITED, "renamed from " + escape(old.toString()))));
        }
        EditLines edits = new EditLines(values, look, (edit, added) -> waits(change, edit, added));
        for (Edit edit : change.edits()) {
            lines.addAll(edits.of(edit, voice.about(change, edit)));
        }
        access.of(change.address())
                .forEach(text -> lines.add(Line.of(4, Tone.ABOUT, escape(look.glyphs().prose(text)))));
        notices.getOrDefault(change.address(), List.of())
                .forEach(text -> lines.add(Line.of(4, Tone.ABOUT, look.glyphs().prose(text))));
        return lines;
    }

    private List<Line> declared(Value.MapOf desired) {
        List<Line> lines = new ArrayList<>();
        desired.fields()
                .forEach((name, value) -> values.field(values.key(name), value, 4)
                        .forEach(row -> lines.add(indented(4, Tone.PLAIN, row, Values.fit(value)))));
        return lines;
    }

    /** The row's own indentation counts as the line's, so that it survives where the row is wrapped. */
    private static Line indented(int indent, Tone tone, String row, Line.Fit fit) {
        String bare = row.stripLeading();
        return new Line(indent + row.length() - bare.length(), tone, bare, "", fit);
    }

    /** Why an added member has to wait: what it names is made by this plan too. */
    private String waits(Change change, Edit.Items edit, Value added) {
        if (!(added instanceof Value.Text(String name))) {
            return "";
        }
        return plan.waitsFor(change)
                .stream()
                .filter(address -> byAddress.get(address) instanceof Change.Create && names(name, edit, address))
                .findFirst()
                .map(address -> "(after the %s above)".formatted(noun(address)))
                .orElse("");
    }

    /**
     * Whether the member of a list stands for that resource: by its name, under a key that is its container if the
     * path ends in one.
     */
    private static boolean names(String member, Edit.Items edit, Address address) {
        boolean byPath = member.equals("/" + String.join("/", address.key().subList(1, address.key().size())));
        boolean elsewhere = address.type().equals("client-role") && !address.key().contains(edit.path().last());
        return byPath || (member.equals(address.name()) && !elsewhere);
    }

    private static String noun(Address address) {
        return address.type().endsWith("-role") ? "role" : Words.type(address.type());
    }

    private String escape(String text) {
        return look.glyphs().escape(text);
    }
}
