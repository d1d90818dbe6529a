package dev.realmform.bench;

/** What realmform is measured at. */
enum Task {

    APPLY("apply from scratch"), PLAN("plan, nothing to do"), CHANGE("apply, 1 client and 1 group changed");

    private final String text;

    Task(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
