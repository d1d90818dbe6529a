package dev.realmform.config;

import dev.realmform.model.Origin;
import dev.realmform.model.Problem;
import dev.realmform.model.Product;
import dev.realmform.model.Value;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A section that says in few words what a realm document says in many. What it stands for is laid below the documents of the
 * files, so each of them may say otherwise, field by field.
 */
public interface Blueprint {

    /** Knows no section. */
    Blueprint NONE = new Blueprint() {
        @Override
        public String section() {
            return "";
        }

        @Override
        public String realm() {
            return "";
        }

        @Override
        public Drawing draw(Value.MapOf section, Origin origin, Function<String, Optional<String>> providers) {
            throw new IllegalStateException("there is no such section");
        }
    };

    /** The key of the section at the top of a document. */
    String section();

    /** The realm that is meant if neither a document nor the section's own {@code realm} names one. */
    String realm();

    /**
     * Works out what the section stands for. Pure.
     *
     * @param section   merged, references resolved, valid by the schema
     * @param providers of which sort the identity providers are that the files declare, by alias
     */
    Drawing draw(Value.MapOf section, Origin origin, Function<String, Optional<String>> providers);

    /**
     * What a section stands for.
     *
     * @param document as files write one, without the name of the realm; lists whose members have a name as maps
     * @param origin   of each value the place in the section that it comes from
     * @param server   where the section says that the server is
     * @param product  for a realm of that name, what takes its roles for rights of its own
     * @param problems what is wrong with the section; nothing else counts then
     */
    record Drawing(Value.MapOf document, Origin origin, Optional<Address> server, Function<String, Product> product,
            List<Problem> problems) {
        public Drawing {
            problems = List.copyOf(problems);
        }
    }

    /**
     * An address that follows from a section.
     *
     * @param origin what it follows from: a file that is not trusted to say where the server is must not say it this way
     */
    record Address(String url, Origin origin) {}

    /** A section as it is drawn from: merged over all layers, references resolved. */
    record Section(Value.MapOf value, Origin origin) {}
}
