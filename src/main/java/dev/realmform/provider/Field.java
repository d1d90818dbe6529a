package dev.realmform.provider;

import dev.realmform.model.Value;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is special about one field of a resource type: a node in the tree that a {@link Schema} is.
 *
 * <p>A field that a schema does not name is {@link #any()}: taken as it is, so that fields of newer servers pass through.
 *
 * @param kind      how its value is compared and merged
 * @param traits    what else is true of it
 * @param byDefault the value that an absent field counts as
 * @param fields    the named fields of an {@link Kind#OBJECT}
 * @param members   what each member of a {@link Kind#MAP} is
 * @param memberName for a map that is a list of named objects on the wire: the field that holds the name
 */
public record Field(Kind kind, Set<Trait> traits, Optional<Value> byDefault, Map<String, Field> fields,
        Optional<Field> members, Optional<String> memberName) {

    /** Names of keys in free maps whose values are secrets. */
    private static final Pattern SECRET_NAME = Pattern.compile("(?i)secret|password|credential|private.?key");

    private static final Field ANY = of(Kind.ANY);

    public enum Kind {
        /** A scalar, or whatever comes. Maps in it merge by field, lists are sequences. */
        ANY,
        /** A list without order or duplicates. */
        SET,
        /** A list in which order matters; replaced whole. */
        SEQUENCE,
        /** Fixed fields, merged field by field; a field that leaves the file stays as it is. */
        OBJECT,
        /** Free keys, owned key by key: a key that leaves the file goes, if we wrote it. */
        MAP,
        /** A text that holds JSON: compared by meaning, shown by path. */
        JSON_TEXT
    }

    public enum Trait {
        /** Made by the server: dropped on reading, left aside in a file. */
        COMPUTED,
        /** A secret that the server shows. */
        SECRET,
        /** A secret that the server never shows: compared by the fingerprint in the state. */
        WRITE_ONLY,
        /** A map some of whose keys hold secrets, recognised by their names. */
        SECRETS_BY_NAME,
        /** No secret as far as we know, or a map of such; a server may hide it all the same. */
        MASKED,
        /** Cannot be changed in place. */
        IMMUTABLE,
        /** Looked at only when the resource is created: initial passwords. */
        CREATE_ONLY,
        /** Something to be done once and then gone from the server: no difference as long as the file asks for what it asked for. */
        CONSUMED,
        /** A map that is declared whole: undeclared keys go. */
        WHOLE
    }

    public Field {
        traits = Set.copyOf(traits);
        fields = Map.copyOf(fields);
    }

    private static Field of(Kind kind) {
        return new Field(kind, Set.of(), Optional.empty(), Map.of(), Optional.empty(), Optional.empty());
    }

    public static Field any() {
        return ANY;
    }

    public static Field set() {
        return of(Kind.SET);
    }

    public static Field sequence() {
        return of(Kind.SEQUENCE);
    }

    public static Field jsonText() {
        return of(Kind.JSON_TEXT);
    }

    public static Field object(Map<String, Field> fields) {
        return new Field(Kind.OBJECT, Set.of(), Optional.empty(), fields, Optional.empty(),
                Optional.empty());
    }

    /** Free keys, each with a value of the given kind. */
    public static Field mapOf(Field member) {
        return new Field(Kind.MAP, Set.of(), Optional.empty(), Map.of(), Optional.of(member), Optional.empty());
    }

    /** A list of objects that have a name, kept as a map from the name to the rest of the object. */
    public static Field named(String nameField, Field member) {
        return new Field(Kind.MAP, Set.of(), Optional.empty(), Map.of(), Optional.of(member),
                Optional.of(nameField));
    }

    public Field with(Trait trait) {
        EnumSet<Trait> more = EnumSet.of(trait);
        more.addAll(traits);
        return new Field(kind, more, byDefault, fields, members, memberName);
    }

    public Field computed() {
        return with(Trait.COMPUTED);
    }

    public Field secret() {
        return with(Trait.SECRET);
    }

    public Field writeOnly() {
        return with(Trait.WRITE_ONLY);
    }

    public Field secretsByName() {
        return with(Trait.SECRETS_BY_NAME);
    }

    /** The same, where the server hides them, and whatever else it takes for secret. */
    public Field writeOnlyByName() {
        return secretsByName().with(Trait.MASKED);
    }

    public Field immutable() {
        return with(Trait.IMMUTABLE);
    }

    public Field createOnly() {
        return with(Trait.CREATE_ONLY);
    }

    public Field consumed() {
        return with(Trait.CONSUMED);
    }

    public Field whole() {
        return with(Trait.WHOLE);
    }

    /** The same map, some of whose keys are known for what they are. */
    public Field knowing(Map<String, Field> keys) {
        return new Field(kind, traits, byDefault, keys, members, memberName);
    }

    public Field byDefault(Value value) {
        return new Field(kind, traits, Optional.of(value), fields, members, memberName);
    }

    public Field byDefault(boolean value) {
        return byDefault(Value.bool(value));
    }

    public Field byDefault(long value) {
        return byDefault(Value.num(value));
    }

    public Field byDefault(String value) {
        return byDefault(Value.text(value));
    }

    public boolean is(Trait trait) {
        return traits.contains(trait);
    }

    /** Whether the server shows it or not: a value that must never be printed. */
    public boolean isSecret() {
        return is(Trait.SECRET) || is(Trait.WRITE_ONLY);
    }

    /** The field at a name or key below this one. */
    public Field at(String name) {
        Field known = fields.get(name);
        if (known != null) {
            return known;
        }
        Field member = members.orElse(ANY);
        boolean hides = is(Trait.MASKED);
        if (!is(Trait.SECRETS_BY_NAME) || !SECRET_NAME.matcher(name).find()) {
            return hides ? member.with(Trait.MASKED) : member;
        }
        return hides ? member.writeOnly() : member.secret();
    }
}
