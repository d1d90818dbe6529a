package dev.realmform.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The schemas of what machines read. */
public final class PublishedSchema {

    /** Of {@code plan --json} and of kept plans. */
    public static final PublishedSchema PLAN = new PublishedSchema("plan.schema.json");

    /** Of a line of {@code apply --json}. */
    public static final PublishedSchema EVENTS = new PublishedSchema("events.schema.json");

    /** Of {@code who --json} and {@code why --json}. */
    public static final PublishedSchema ACCESS = new PublishedSchema("access.schema.json");

    /** Of {@code verify --json} and {@code token decode --json}. */
    public static final PublishedSchema PROOF = new PublishedSchema("proof.schema.json");

    private final Schema schema;

    private PublishedSchema(String file) {
        try {
            this.schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(Files.readString(Path.of("schema", file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails with what is wrong if the text is not as the schema says. */
    public void accepts(String text) {
        assertThat(schema.validate(text, InputFormat.JSON)).as(text).isEmpty();
    }

    /** Fails if the schema has nothing against the text. */
    public void refuses(String text) {
        assertThat(schema.validate(text, InputFormat.JSON)).as(text).isNotEmpty();
    }
}
