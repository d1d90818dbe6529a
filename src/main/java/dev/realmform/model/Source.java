package dev.realmform.model;

/**
 * A place in a desired-state file.
 *
 * @param file   the file as the user named it
 * @param line   from 1; 0 for "the file as a whole"
 * @param column from 1; 0 if unknown
 * @param from   the part of a blueprint that stands there and asked for this, such as {@code osmo.teams.group1}; empty for
 *               what is written out
 */
public record Source(String file, int line, int column, String from) {

    /** Not from a file: read from a server, or made by realmform. */
    public static final Source NONE = new Source("", 0, 0);

    /** What is written out. */
    public Source(String file, int line, int column) {
        this(file, line, column, "");
    }

    /** The same place, as what a part of a blueprint there stands for. */
    public Source from(String part) {
        return new Source(file, line, column, part);
    }

    public boolean isNone() {
        return file.isEmpty();
    }

    /** {@code file:line:column}, the form that editors open. */
    public String exact() {
        return column > 0 ? this + ":" + column : toString();
    }

    /** For people who ask why: {@code file:line}, and before it the part of a blueprint: {@code from osmo.admins, osmo.yaml:9}. */
    public String told() {
        return from.isEmpty() ? toString() : "from " + from + ", " + this;
    }

    /** {@code file:line}. */
    @Override
    public String toString() {
        return line > 0 ? file + ":" + line : file;
    }
}
