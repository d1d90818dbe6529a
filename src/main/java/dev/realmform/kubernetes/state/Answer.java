package dev.realmform.kubernetes.state;

import dev.realmform.kubernetes.ClusterErrors;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** What came of one request. */
sealed interface Answer<T> {

    record Done<T>(T value) implements Answer<T> {}

    record Refused<T>(KubernetesClientException why) implements Answer<T> {

        /** What is there is not what the request was made from. */
        boolean isConflict() {
            return why.getCode() == 409;
        }

        boolean isMissing() {
            return why.getCode() == 404;
        }

        /** Whether it may be better the next time; if there was no answer, it may have arrived, too. */
        boolean isPassing() {
            return ClusterErrors.isSilence(why) || why.getCode() == 429 || why.getCode() >= 500;
        }
    }
}
