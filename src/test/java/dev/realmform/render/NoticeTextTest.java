package dev.realmform.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NoticeTextTest {

    private static final Look NARROW = new Look(60, Look.Color.PLAIN, Glyphs.UNICODE,
            Look.Detail.FOLDED);

    @Test
    void aWarningFitsAndHangs() {
        assertThat(NoticeText.warning("\"clientsecret\" may be a typing error (shop.yaml:31:7). Similar: clientSecret.",
                NARROW))
                .isEqualTo("""
                        warning: "clientsecret" may be a typing error
                          (shop.yaml:31:7). Similar: clientSecret.
                        """);
    }

    /** A name may hold a line break, or what moves a terminal's cursor. */
    @Test
    void namesCannotWriteRowsOfTheirOwn() {
        assertThat(NoticeText.remark("user eve\nerror: all is lost\u001b[2J", NARROW)).hasLineCount(1)
                .doesNotContain("\u001b");
    }
}
