package dev.realmform.state;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * The content of an answer without what was wrapped around it on the way: a proxy that packs all that it passes on, a file that
 * somebody put there with a byte order mark.
 */
final class Decoded {

    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private Decoded() {}

    /** @throws IOException if it is packed in a way that is not known here, or not as it says */
    static byte[] of(HttpResponse<byte[]> answer) throws IOException {
        String encoding = String.join(", ", answer.headers().allValues("Content-Encoding")).toLowerCase(Locale.ROOT);
        return withoutMark(switch (encoding) {
            case "", "identity" -> answer.body();
            case "gzip", "x-gzip" -> unpacked(answer.body());
            default -> throw new IOException("the answer is packed (Content-Encoding: " + encoding
                    + "), which was not asked for and cannot be read");
        });
    }

    private static byte[] unpacked(byte[] packed) throws IOException {
        if (packed.length == 0) {
            return packed;
        }
        try (GZIPInputStream content = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return content.readAllBytes();
        }
    }

    private static byte[] withoutMark(byte[] content) {
        return content.length >= MARK.length && Arrays.equals(content, 0, MARK.length, MARK, 0, MARK.length)
                ? Arrays.copyOfRange(content, MARK.length, content.length)
                : content;
    }
}
