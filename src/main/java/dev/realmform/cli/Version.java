package dev.realmform.cli;

/** The version in the jar's manifest; classes that were never packaged have none. */
final class Version {

    static final String TEXT = text();

    private Version() {}

    private static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }
}
