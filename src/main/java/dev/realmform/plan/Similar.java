package dev.realmform.plan;

import dev.realmform.model.Address;
import dev.realmform.model.Nearness;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The address that may have been meant by one that nothing has. */
final class Similar {

    private Similar() {}

    private record Near(Address address, int distance) {}

    /** The nearest of the same type beside it, if any is near. */
    static Optional<Address> to(Address wanted, Stream<Address> there) {
        return there.distinct()
                .filter(address -> address.type().equals(wanted.type()) && address.key().size() == wanted.key().size())
                .filter(address -> address.key().size() == 1 || address.root().equals(wanted.root()))
                .filter(address -> !address.equals(wanted))
                .map(address -> new Near(address, Nearness.distance(address.name(), wanted.name())))
                .filter(near -> near.distance() <= Math.max(2, wanted.name().length() / 3))
                .min(Comparator.comparingInt(Near::distance).thenComparing(Near::address))
                .map(Near::address);
    }
}
