package dev.realmform.model;

/**
 * One object with an address: desired and live are the same record.
 *
 * @param address    its name
 * @param value      its fields in canonical form: for a desired one those that the file declares, for a live one all
 * @param origin     where the file declares it and its fields; {@link Origin#NONE} for a live one
 * @param directives what the file says about it; {@link Directives#NONE} for a live one
 */
public record Resource(Address address, Value.MapOf value, Origin origin, Directives directives) {

    public static Resource live(Address address, Value.MapOf value) {
        return new Resource(address, value, Origin.NONE, Directives.NONE);
    }

    public static Resource desired(Address address, Value.MapOf value, Origin origin) {
        return new Resource(address, value, origin, Directives.NONE);
    }

    public Source source() {
        return origin.source();
    }

    @SuppressWarnings("ReferenceEquality") // An equal value may be replaced or not: this only spares memory.
    public Resource withValue(Value.MapOf other) {
        return other == value ? this : new Resource(address, other, origin, directives);
    }
}
