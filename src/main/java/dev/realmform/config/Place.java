package dev.realmform.config;

import dev.realmform.model.Source;

/** Where something is written: file, line and column, and the way to it within the document. */
record Place(Source source, Trail trail) {

    static Place of(String file, int line, int column) {
        return new Place(new Source(file, line, column), new Trail.Top());
    }

    /** A file as a whole. */
    static Place file(String name) {
        return of(name, 0, 0);
    }

    /** The form in which problems say where: {@code file:line:column  path}. */
    @Override
    public String toString() {
        String path = trail.toString();
        return path.isEmpty() ? source.exact() : source.exact() + "  " + path;
    }
}
