package dev.realmform.json;

import dev.realmform.model.Proof;
import dev.realmform.model.Proof.Check;
import dev.realmform.model.Proof.Fault;
import dev.realmform.model.Value;
import java.util.List;
import java.util.Locale;

/** What was looked at and whether it works, for machines: {@code schema/proof.schema.json}. */
public final class ProofFormat {

    private static final String VERSION = "1.0";

    private ProofFormat() {}

    /** The text, with a line break at its end. */
    public static String write(String subject, Proof proof) {
        return Json.pretty(all(proof).with("subject", Value.text(subject)), Json.Secrets.HIDE);
    }

    /** As {@link #write(String, Proof)}, of a token. */
    public static String write(Value.MapOf header, Value.MapOf claims, Proof proof) {
        return Json.pretty(all(proof).with("header", header).with("claims", claims), Json.Secrets.HIDE);
    }

    private static Value.MapOf all(Proof proof) {
        return Value.EMPTY_MAP.with("format_version", Value.text(VERSION))
                .with("holds", Value.bool(proof.holds()))
                .with("checks", new Value.ListOf(proof.checks().stream().map(ProofFormat::check).toList()));
    }

    private static Value check(Check check) {
        List<Value> faults = check.faults().stream().map(ProofFormat::fault).toList();
        return Value.EMPTY_MAP.with("status", Value.text(check.status().name().toLowerCase(Locale.ROOT)))
                .with("about", Value.text(check.about()))
                .with("says", Value.text(check.says()))
                .with("faults", new Value.ListOf(faults));
    }

    private static Value fault(Fault fault) {
        return Value.EMPTY_MAP.with("what", Value.text(fault.what()))
                .with("cause", Value.text(fault.cause()))
                .with("remedy", Value.text(fault.remedy()))
                .with("concerns", Value.texts(fault.concerns()));
    }
}
