package dev.realmform.state;

import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a server says, made fit to be shown. */
public final class Words {

    private static final int LONGEST = 200;

    /** Shorter ones would take harmless words out of every message. */
    private static final int SHORTEST_SECRET = 4;

    private Words() {}

    /** On one line, without control characters, not too long. */
    public static String printable(String text) {
        String line = text.replaceAll("\\p{C}+", " ").strip();
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }

    /** The reason in an answer, if it has one that is text for people; without any of these secrets. */
    static String of(byte[] body, Codec codec, List<Secret> secrets) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        String said = text.startsWith("{") ? message(body, codec) : text.startsWith("<") ? "" : text;
        for (Secret secret : secrets) {
            if (secret.reveal().length() >= SHORTEST_SECRET) {
                said = said.replace(secret.reveal(), "(secret)");
            }
        }
        return printable(said);
    }

    private static String message(byte[] body, Codec codec) {
        try {
            return codec.parse().apply(body) instanceof Value.MapOf map
                    ? Stream.of("message", "error", "Error")
                            .map(map::text)
                            .flatMap(Optional::stream)
                            .findFirst()
                            .orElse("")
                    : "";
        } catch (dev.realmform.model.ProblemException e) {
            return "";
        }
    }
}
