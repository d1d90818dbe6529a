package dev.realmform.cli;

/** Where the program starts. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        if (args.length == 1 && args[0].equals("version")) {
            System.out.println("realmform " + version());
            return;
        }
        System.err.println("usage: realmform version");
        System.exit(64);
    }

    /** The version in the jar's manifest; classes that were never packaged have none. */
    private static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }
}
