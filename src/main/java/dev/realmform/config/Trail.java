package dev.realmform.config;

/** The way to a value as its file writes it: {@code clients[2].redirectUris}. Shared by the values below, so cheap to keep. */
sealed interface Trail {

    record Top() implements Trail {
        @Override
        public String toString() {
            return "";
        }
    }

    record Key(Trail above, String name) implements Trail {
        @Override
        public String toString() {
            boolean plain = !name.isEmpty()
                    && name.chars().noneMatch(c -> c == '.' || c == '"' || c == '[' || c <= ' ');
            String shown = plain ? name : '"' + Texts.printable(name).replace("\"", "\\\"") + '"';
            return above instanceof Top ? shown : above + "." + shown;
        }
    }

    record Item(Trail above, int index) implements Trail {
        @Override
        public String toString() {
            return above + "[" + index + "]";
        }
    }

    /** As somebody else says it. */
    record Said(String text) implements Trail {
        @Override
        public String toString() {
            return text;
        }
    }

    default Trail key(String name) {
        return new Key(this, name);
    }

    default Trail item(int index) {
        return new Item(this, index);
    }
}
