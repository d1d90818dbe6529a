package dev.realmform.config;

/**
 * What may stand where a reference stands.
 *
 * @param field  what to call it
 * @param secret the schema says that it holds a secret: any variable may be used, and the value is wrapped
 * @param free   a secret may stand here if the file says so with {@code $(secret:…)}: attributes, a mapper's config, a
 *               variable
 * @param kept   what is made by chance may stand here: in a cluster, which keeps it
 */
record Position(String field, boolean secret, boolean free, boolean kept) {

    /** Where nothing that is made by chance can be kept. */
    Position(String field, boolean secret, boolean free) {
        this(field, secret, free, false);
    }

    /** A variable's definition: where it is used decides. */
    static Position variable(String name) {
        return new Position("the variable " + Texts.printable(name), false, true);
    }

    static Position plain(String field) {
        return new Position(field, false, false);
    }

    boolean takesSecrets() {
        return secret || free;
    }
}
