package dev.realmform.fuzz;

import java.util.List;
import java.util.Random;

/** One of several. */
final class Pick {

    private Pick() {}

    static <T> T one(List<T> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }
}
