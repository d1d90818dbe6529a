package dev.realmform.config;

import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The text of one file.
 *
 * @param name as the user named it
 */
record SourceFile(String name, String text) {

    static final int LARGEST = 32 * 1024 * 1024;

    private static final String TOO_LARGE = "Split it into several files, and pass their folder.";

    boolean isJson() {
        if (name.endsWith(".json")) {
            return true;
        }
        // YAML refuses the tabs that JSON may be indented with, so JSON on the standard input is read as such.
        String start = text.substring(0, Math.min(text.length(), 200)).strip();
        return name.equals(Inputs.STDIN_NAME) && start.startsWith("{")
                && (start.substring(1).strip().startsWith("\"") || start.substring(1).strip().startsWith("}"));
    }

    /** Reads a file; one that is too large is refused by its size, unread. */
    static SourceFile read(String name, Path path) {
        try {
            if (Files.isRegularFile(path) && Files.size(path) > LARGEST) {
                throw tooLarge(name, (Files.size(path) >> 20) + " MiB");
            }
            try (InputStream stream = Files.newInputStream(path)) {
                return read(name, stream);
            }
        } catch (NoSuchFileException e) {
            throw Problem.invalid("there is no file " + name, name, "Check its path.").asException();
        } catch (AccessDeniedException e) {
            throw Problem.invalid("the file may not be read", name, "Give this user the right to read it.")
                    .asException();
        } catch (IOException e) {
            throw Problem.invalid("the file cannot be read", name, "Check that it is a file and can be read.")
                    .causedBy(e)
                    .asException();
        }
    }

    /** Reads what a stream holds. */
    static SourceFile read(String name, InputStream stream) throws IOException {
        byte[] bytes = stream.readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            throw tooLarge(name, "more than 32 MiB");
        }
        return new SourceFile(name, decode(name, bytes));
    }

    private static ProblemException tooLarge(String name, String size) {
        return Problem.invalid("the file is too large: " + size + ", where 32 MiB are the limit", name, TOO_LARGE)
                .asException();
    }

    private static String decode(String name, byte[] bytes) {
        int nul = indexOf(bytes, (byte) 0);
        if (nul >= 0) {
            boolean utf16 = bytes.length > 1 && (bytes[0] & 0xff) + (bytes[1] & 0xff) == 0xfe + 0xff;
            throw wrong(name, bytes, nul, utf16 ? "this is UTF-16, not UTF-8" : "a NUL byte: this is no text file",
                    utf16 ? "Save the file as UTF-8." : "Name a YAML or JSON file.");
        }
        int start = startsWithMark(bytes) ? 3 : 0;
        ByteBuffer in = ByteBuffer.wrap(bytes, start, bytes.length - start);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            throw wrong(name, bytes, in.position(), "not UTF-8: byte " + in.position() + " fits no character",
                    "Save the file as UTF-8.");
        }
        return out.flip().toString();
    }

    private static boolean startsWithMark(byte[] bytes) {
        return bytes.length >= 3 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf;
    }

    private static int indexOf(byte[] bytes, byte wanted) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static ProblemException wrong(String name, byte[] bytes, int at, String what, String remedy) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < at; i++) {
            column++;
            if (bytes[i] == '\n') {
                line++;
                column = 1;
            }
        }
        return Problem.invalid(what, Place.of(name, line, column).toString(), remedy).asException();
    }
}
