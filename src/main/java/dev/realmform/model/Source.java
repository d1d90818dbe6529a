package dev.realmform.model;

/**
 * A place in a desired-state file.
 *
 * @param file   the file as the user named it
 * @param line   from 1; 0 for "the file as a whole"
 * @param column from 1; 0 if unknown
 */
public record Source(String file, int line, int column) {

    /** Not from a file: read from a server, or made by realmform. */
    public static final Source NONE = new Source("", 0, 0);

    public boolean isNone() {
        return file.isEmpty();
    }

    /** {@code file:line:column}, the form that editors open. */
    public String exact() {
        return column > 0 ? this + ":" + column : toString();
    }

    /** {@code file:line}. */
    @Override
    public String toString() {
        return line > 0 ? file + ":" + line : file;
    }
}
