package dev.realmform.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentenceTest {

    @Test
    void theFiveFormsAreRead() {
        assertThat(Sentence.parse("ada can osmo-group1")).contains(new Sentence.Can("ada", "osmo-group1"));
        assertThat(Sentence.parse(" lin@example.com cannot shop/boss ")).contains(
                new Sentence.Cannot("lin@example.com", "shop/boss"));
        assertThat(Sentence.parse("nobody has superuser")).contains(
                new Sentence.NobodyOutside(List.of(), "superuser"));
        assertThat(Sentence.parse("nobody outside /Admin, /Ops/On call has osmo-admin")).contains(
                new Sentence.NobodyOutside(List.of("/Admin", "/Ops/On call"), "osmo-admin"));
        assertThat(Sentence.parse("only ada,lin have osmo-admin")).contains(
                new Sentence.Only(List.of("ada", "lin"), "osmo-admin"));
        assertThat(Sentence.parse("only ada has osmo-admin")).contains(
                new Sentence.Only(List.of("ada"), "osmo-admin"));
        assertThat(Sentence.parse("everybody in /Research/OSMO ML Team has osmo-ml-team")).contains(
                new Sentence.EverybodyIn(List.of("/Research/OSMO ML Team"), "osmo-ml-team"));
    }

    @Test
    void namesOfGroupsMayHoldCommasAndVerbs() {
        assertThat(Sentence.parse("nobody outside /A, B, /C has D has e")).contains(
                new Sentence.NobodyOutside(List.of("/A, B", "/C has D"), "e"));
        assertThat(Sentence.parse("only can have can")).contains(new Sentence.Only(List.of("can"), "can"));
        assertThat(Sentence.parse("nobody can read")).contains(new Sentence.Can("nobody", "read"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ada", "ada may read", "ada can", "ada can ", "nobody outside Admin has read",
        "nobody outside has read", "only have read", "everybody has read", "ada, lin can read", "ada cannot"})
    void othersAreNone(String text) {
        assertThat(Sentence.parse(text)).isEmpty();
    }
}
