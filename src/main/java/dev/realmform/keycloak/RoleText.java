package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Path;
import dev.realmform.model.Reference;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/**
 * A role in one text, as settings of mappers hold it: {@code approver} of the realm, {@code pay-portal.approver} of a client.
 * Both names may hold dots: Keycloak takes the longest beginning that is a client, and else a realm role.
 */
final class RoleText {

    private RoleText() {}

    /** That a field names the role: whichever of those it may mean. */
    static Reference reference(String realm, String text, Path at) {
        SequencedSet<Address> meanings = meanings(realm, text);
        Address first = meanings.removeFirst();
        return new Reference(first, at, meanings);
    }

    /** The likeliest first. */
    private static SequencedSet<Address> meanings(String realm, String text) {
        SequencedSet<Address> meanings = new LinkedHashSet<>();
        for (int dot = text.lastIndexOf('.'); dot > 0; dot = text.lastIndexOf('.', dot - 1)) {
            if (dot < text.length() - 1) {
                meanings.add(Address.of(ClientRoleType.NAME, realm, text.substring(0, dot), text.substring(dot + 1)));
            }
        }
        meanings.add(Address.of(RealmRoleType.NAME, realm, text));
        return meanings;
    }

    /** The text with the names that role and client have in the file: the server follows a rename (26.7.3). */
    static String renamed(Renames renames, String realm, String live) {
        for (Address meaning : meanings(realm, live)) {
            Address now = renames.now(meaning);
            if (!now.equals(meaning)) {
                return text(now);
            }
        }
        return live;
    }

    private static String text(Address role) {
        return role.type().equals(RealmRoleType.NAME) ? role.name() : role.key().get(1) + "." + role.name();
    }
}
