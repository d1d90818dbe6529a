package dev.realmform.config;

import dev.realmform.model.Problem;
import java.nio.file.InvalidPathException;

/** A text that names no file, whatever there is on the disk. */
public final class NoPath {

    private NoPath() {}

    /**
     * What to tell.
     *
     * @param where  where the text stands; may be empty
     * @param remedy what to do, if the text itself is wrong
     */
    public static Problem of(InvalidPathException e, String where, String remedy) {
        String text = e.getInput();
        return Problem.invalid("this is no path: " + Texts.printable(text), Texts.printable(where),
                text.chars().allMatch(c -> c < 0x80) ? remedy
                        : "The locale of this run has no names beyond ASCII. Set one of UTF-8: LC_ALL=C.UTF-8")
                .causedBy(e);
    }
}
