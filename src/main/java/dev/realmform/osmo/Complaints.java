package dev.realmform.osmo;

import dev.realmform.model.Problem;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with the section, beyond what the schema says. */
final class Complaints {

    private final List<Problem> problems = new ArrayList<>();

    void add(Part part, String what, String remedy) {
        problems.add(Problem.invalid(what, part.where(), remedy));
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }
}
