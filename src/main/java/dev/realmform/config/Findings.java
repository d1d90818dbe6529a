package dev.realmform.config;

import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Collects what is wrong, so that a person gets all of it at once, in the order of the files. */
final class Findings {

    static final int MOST_SHOWN = 50;

    private static final Pattern WHERE = Pattern.compile("^(.*?):(\\d+)(?::(\\d+))?(?:  .*)?$", Pattern.DOTALL);

    private final List<Problem> problems = new ArrayList<>();

    void add(Place place, String what, String remedy) {
        problems.add(Problem.invalid(what, place.toString(), remedy));
    }

    void addAll(List<Problem> more) {
        problems.addAll(more);
    }

    void moveTo(Findings others) {
        others.addAll(problems);
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    /** Ends the run here if anything was found. */
    void check() {
        if (!problems.isEmpty()) {
            throw new ProblemException(shown(problems));
        }
    }

    /** The first of them, and how many more there are: nobody reads thousands. */
    static List<Problem> shown(List<Problem> problems) {
        List<Problem> sorted = sorted(problems);
        if (sorted.size() <= MOST_SHOWN) {
            return sorted;
        }
        List<Problem> first = new ArrayList<>(sorted.subList(0, MOST_SHOWN));
        first.add(Problem.invalid((sorted.size() - MOST_SHOWN) + " more problems, from this place on, are not shown",
                sorted.get(MOST_SHOWN).where(), "Correct these first."));
        return first;
    }

    /** By file, line and column; each problem once; problems without a place last. */
    static List<Problem> sorted(List<Problem> problems) {
        return problems.stream().distinct().sorted(Comparator.comparing(Findings::spot)).toList();
    }

    private record Spot(String file, int line, int column) implements Comparable<Spot> {
        @Override
        public int compareTo(Spot other) {
            return Comparator.comparing(Spot::file)
                    .thenComparingInt(Spot::line)
                    .thenComparingInt(Spot::column)
                    .compare(this, other);
        }
    }

    private static Spot spot(Problem problem) {
        Matcher where = WHERE.matcher(problem.where());
        if (!where.matches() || where.group(2).length() > 9) {
            return new Spot(problem.where().isEmpty() ? "\uffff" : problem.where(), 0, 0);
        }
        String column = where.group(3);
        return new Spot(where.group(1), Integer.parseInt(where.group(2)),
                column == null || column.length() > 9 ? 0 : Integer.parseInt(column));
    }
}
