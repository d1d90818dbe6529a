package dev.realmform.kubernetes.state;

import dev.realmform.model.Problem;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The Secret that holds a state: gzipped, of a type of its own, so that no other Secret is taken for one. */
final class StateSecret {

    static final String TYPE = "realmform.dev/state";
    static final String KEY = "state.json.gz";

    /** What an API server takes in all values of a Secret. */
    static final int LARGEST = 1024 * 1024;

    private StateSecret() {}

    /**
     * The Secret for these bytes of a state.
     *
     * @param version the version to replace; empty to create it
     * @throws dev.realmform.model.ProblemException if it would be too large
     */
    static Secret of(ClusterPlace place, Optional<String> version, byte[] state) {
        byte[] packed = packed(state);
        if (packed.length > LARGEST) {
            throw Problem.refused(
                    "the state has become too large for a Secret: %.1f MiB when gzipped, and at most 1 MiB is taken"
                            .formatted(packed.length / (double) LARGEST),
                    place.address(),
                    "Keep it elsewhere: realmform state pull >state.json, then realmform state push state.json --state PLACE with"
                            + " a file or the URL of a server, and name that place in realmform.state. Or split the file:"
                            + " each root file can have a state of its own.")
                    .asException();
        }
        return new SecretBuilder().withNewMetadata()
                .withNamespace(place.namespace())
                .withName(place.name())
                .withResourceVersion(version.orElse(null))
                .addToLabels("app.kubernetes.io/managed-by", "realmform")
                .endMetadata()
                .withType(TYPE)
                .withData(Map.of(KEY, Base64.getEncoder().encodeToString(packed)))
                .build();
    }

    /**
     * The bytes of the state in it.
     *
     * @throws dev.realmform.model.ProblemException if it is another kind of Secret, or damaged
     */
    static byte[] content(ClusterPlace place, Secret secret) {
        if (!TYPE.equals(secret.getType())) {
            throw Problem.invalid("the Secret " + place.namespace() + "/" + place.name() + " is of type "
                    + secret.getType() + ", and no state of realmform", place.address(),
                    "It is left as it is. Give the state another name in --state, REALMFORM_STATE or realmform.state.")
                    .asException();
        }
        String data = secret.getData() == null ? null : secret.getData().get(KEY);
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(
                Base64.getDecoder().decode(data == null ? "" : data)))) {
            return in.readAllBytes();
        } catch (IOException | IllegalArgumentException e) {
            throw Problem.invalid("the state " + place.address() + " is damaged: " + KEY + " is not gzipped",
                    place.address(),
                    "Put back what a backup of the cluster has. Without one, make a new state under another name:"
                            + " realmform state rebuild.")
                    .causedBy(e)
                    .asException();
        }
    }

    private static byte[] packed(byte[] state) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(state);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }
}
