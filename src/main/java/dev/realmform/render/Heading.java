package dev.realmform.render;

import java.util.List;

/**
 * What stands over a plan.
 *
 * @param text  one line: realm, server, state: {@code realm osmo at https://sso.example.com · state serial 41}
 * @param files the desired-state files, as the user named them
 */
public record Heading(String text, List<String> files) {

    public Heading {
        files = List.copyOf(files);
    }

    /** Where something is gone from, if it left the file. */
    String leftFile() {
        return files.size() == 1 ? "removed from " + files.getFirst() : "removed from the files";
    }
}
