package dev.realmform.render;

import dev.realmform.json.Json;
import dev.realmform.model.Value;
import java.util.Map;

/** What stands in a token, field by field. Never the token itself. */
public final class TokenText {

    private static final int INDENT = 2;

    private TokenText() {}

    /**
     * The text, with a line break at its end.
     *
     * @param words what a claim means, by its name: a time
     */
    public static String render(Value.MapOf header, Value.MapOf claims, Map<String, String> words, Look look) {
        return section("header", header, Map.of(), look) + "\n" + section("claims", claims, words, look) + "\n";
    }

    private static String section(String title, Value.MapOf fields, Map<String, String> words, Look look) {
        Layout layout = new Layout(look);
        StringBuilder text = new StringBuilder(layout.line(Line.of(0, Tone.HEAD, title)));
        fields.fields().forEach((name, value) -> {
            String shown = value instanceof Value.Text(String plain) ? plain : Json.compact(value, Json.Secrets.HIDE);
            Line line = Line.of(INDENT, Tone.PLAIN, look.glyphs().escape(name + ": " + shown));
            text.append(layout.line(words.containsKey(name) ? line.noted(words.getOrDefault(name, "")) : line));
        });
        return text.toString();
    }
}
