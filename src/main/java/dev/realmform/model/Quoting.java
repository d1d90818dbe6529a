package dev.realmform.model;

/** When a name has to be quoted among others: it is empty, or holds a control character or one that means something there. */
final class Quoting {

    private Quoting() {}

    /** @param special the characters that mean something there */
    static boolean isNeeded(String name, String special) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) < ' ' || special.indexOf(name.charAt(i)) >= 0) {
                return true;
            }
        }
        return name.isEmpty();
    }
}
