package dev.realmform.cli;

/** Where the program starts. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        if (args.length == 1 && args[0].equals("version")) {
            // The quickest way: nothing else of the program is loaded.
            System.out.println("realmform " + Version.TEXT);
            return;
        }
        System.exit(new Realmform(Shell.ofProcess()).run(args));
    }
}
