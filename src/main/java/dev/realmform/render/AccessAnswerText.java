package dev.realmform.render;

import dev.realmform.model.AccessAnswer;
import dev.realmform.model.Product;
import dev.realmform.model.Reach;
import dev.realmform.model.RealmAccess.Standing;
import dev.realmform.model.Seen;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who can use a thing and why, for a person: each user with all ways, one below the other. */
public final class AccessAnswerText {

    private static final int WIDEST_NAME = 28;
    private static final int ROOM_FOR_WAYS = 40;
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'")
            .withZone(ZoneOffset.UTC);

    private final AccessAnswer answer;
    private final Look look;
    private final WayWords words;
    private final int column;

    private AccessAnswerText(AccessAnswer answer, Look look) {
        this.answer = answer;
        this.look = look;
        this.words = new WayWords();
        int widest = answer.reaches().stream().mapToInt(reach -> Columns.of(escape(title(reach)))).max().orElse(0);
        this.column = look.width() - Math.min(widest, WIDEST_NAME) - 2 < ROOM_FOR_WAYS ? 4
                : Math.min(widest, WIDEST_NAME) + 2;
    }

    /** The text, with a line break at its end. */
    public static String render(AccessAnswer answer, Look look) {
        return new AccessAnswerText(answer, look).text();
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        rows(text, 0, Tone.PLAIN, "realm " + answer.realm() + " at " + answer.origin());
        rows(text, 0, Tone.HEAD, answer.kind() + " " + answer.name());
        ways().forEach(way -> rows(text, 2, Tone.QUIET, way));
        if (!answer.absent().isEmpty()) {
            rows(text, 2, Tone.WARNING, "! not there: " + words.roles(answer.absent()));
        }
        text.append('\n');
        answer.reaches().forEach(reach -> user(text, reach));
        text.append(answer.reaches().isEmpty() ? "" : "\n");
        answer.subject().ifPresentOrElse(subject -> subject(text, subject), () -> rows(text, 0, Tone.HEAD, sum()));
        silent().ifPresent(seen -> rows(text, 0, Tone.QUIET, told(seen)));
        return text.toString();
    }

    /** Why no login of anybody is known, where that is the same for all: said once. */
    private Optional<Seen> silent() {
        Seen first = answer.seen().isEmpty() || answer.reaches().isEmpty() ? new Seen.Nothing()
                : answer.seen().sequencedValues().getFirst();
        boolean alike = first instanceof Seen.Unknown && answer.seen().values().stream().allMatch(first::equals);
        return alike ? Optional.of(first) : Optional.empty();
    }

    private List<String> ways() {
        List<String> lines = new ArrayList<>();
        for (Product.Way way : answer.ways()) {
            lines.add(words.roles(way.roles()) + (way.because().isEmpty() ? "" : " (" + way.because() + ")"));
        }
        return lines;
    }

    private static String title(Reach reach) {
        return reach.account().username() + switch (reach.account().standing()) {
            case ENABLED -> "";
            case DISABLED -> " (disabled)";
            case AWAITED -> " (not there yet)";
        };
    }

    private void user(StringBuilder text, Reach reach) {
        String name = escape(title(reach));
        List<String> rows = new ArrayList<>();
        for (String way : words.ways(reach.paths())) {
            rows.addAll(wrapped(way, 4));
        }
        boolean beside = Columns.of(name) + 2 <= column;
        text.append(Tone.HEAD.paint(look, name)).append(beside ? "" : "\n");
        for (int i = 0; i < rows.size(); i++) {
            int blanks = i == 0 && beside ? column - Columns.of(name) : column;
            text.append(" ".repeat(blanks)).append(rows.get(i)).append('\n');
        }
        if (!reach.missing().isEmpty()) {
            below(text, Tone.WARNING, "! a part of it: lacks " + words.roles(reach.missing()));
        }
        Optional.ofNullable(answer.seen().get(reach.user()))
                .filter(seen -> silent().isEmpty())
                .ifPresent(seen -> below(text, Tone.QUIET, told(seen)));
    }

    private void below(StringBuilder text, Tone tone, String line) {
        wrapped(line, 2).forEach(row -> text.append(" ".repeat(column)).append(tone.paint(look, row)).append('\n'));
    }

    private List<String> wrapped(String line, int hanging) {
        List<String> rows = new ArrayList<>(Columns.wrap(look.glyphs().prose(line), look.width() - column, hanging));
        for (int i = 1; i < rows.size(); i++) {
            rows.set(i, " ".repeat(hanging) + rows.get(i));
        }
        return rows;
    }

    private static String told(Seen seen) {
        return switch (seen) {
            case Seen.Login login -> "logged in " + time(login.at())
                    + (login.provider().isEmpty() ? "" : " through " + login.provider())
                    + (login.client().isEmpty() ? "" : ", client " + login.client());
            case Seen.Session session -> "logged in " + time(session.since()) + ", last seen "
                    + time(session.lastAccess());
            case Seen.Nothing ignored -> "no login among the events that the server keeps";
            case Seen.Unknown(String why) -> "last login not known: " + why;
        };
    }

    private static String time(Instant at) {
        return MINUTES.format(at);
    }

    private void subject(StringBuilder text, AccessAnswer.Subject subject) {
        String name = subject.account().username();
        String thing = answer.kind() + " " + answer.name();
        if (!answer.reaches().isEmpty()) {
            rows(text, 0, Tone.HEAD, switch (subject.account().standing()) {
                case ENABLED -> name + " can use " + thing + ".";
                case DISABLED -> name + " has " + thing + ", and cannot log in: disabled.";
                case AWAITED -> name + " will have " + thing + ", and waits for the first login.";
            });
            return;
        }
        rows(text, 0, Tone.HEAD, name + " cannot use " + thing + ": there is no way to it."
                + (subject.account().standing() == Standing.DISABLED ? " The user is disabled." : ""));
        rows(text, 2, Tone.PLAIN, "groups: " + words.listed(subject.groups()));
        rows(text, 2, Tone.PLAIN, "roles: " + words.listed(subject.roles()));
        rows(text, 2, Tone.PLAIN, "it comes with: " + words.listed(subject.instead()));
        Optional.ofNullable(answer.seen().get(subject.user())).ifPresent(seen -> rows(text, 2, Tone.QUIET, told(seen)));
    }

    private String sum() {
        if (!answer.users()) {
            return "No user can be named: there are none in " + answer.origin() + ".";
        }
        long disabled = count(Standing.DISABLED);
        long awaited = count(Standing.AWAITED);
        long parts = answer.reaches().stream().filter(reach -> !reach.whole()).count();
        int all = answer.reaches().size();
        return (all == 0 ? "Nobody" : Words.plural(all, "user")) + " can use " + answer.kind() + " " + answer.name()
                + (disabled > 0 ? "; " + disabled + " disabled" : "")
                + (awaited > 0 ? "; " + awaited + " not there yet" : "")
                + (parts > 0 ? "; " + parts + " only a part of it" : "")
                + ".";
    }

    private long count(Standing standing) {
        return answer.reaches().stream().filter(reach -> reach.account().standing() == standing).count();
    }

    private void rows(StringBuilder text, int indent, Tone tone, String line) {
        List<String> rows = Columns.wrap(look.glyphs().prose(line), look.width() - indent, 2);
        for (int i = 0; i < rows.size(); i++) {
            text.append(" ".repeat(indent + (i == 0 ? 0 : 2))).append(tone.paint(look, rows.get(i))).append('\n');
        }
    }

    private String escape(String name) {
        return look.glyphs().escape(name);
    }
}
