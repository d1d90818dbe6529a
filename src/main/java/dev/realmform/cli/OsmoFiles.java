package dev.realmform.cli;

import dev.realmform.config.Blueprint;
import dev.realmform.config.Loader;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.osmo.Installation;
import dev.realmform.osmo.Layout;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Files with a section {@code osmo}, loaded: the installation that they describe. */
record OsmoFiles(Installation osmo, Loader.Loaded loaded) {

    /**
     * Loads them.
     *
     * @throws ProblemException with all that is wrong, or if they do not describe one installation
     */
    static OsmoFiles load(Shell shell, FileOptions files, ServerOptions server) {
        Loader.Loaded loaded = Workplace.load(shell, files, server, new StateOptions());
        Map<String, Blueprint.Section> sections = new TreeMap<>(loaded.drawn());
        if (!loaded.problems().isEmpty()) {
            throw new ProblemException(loaded.problems());
        }
        String where = loaded.state().files().getFirst();
        if (sections.isEmpty()) {
            throw Problem.invalid("the files have no section osmo", where,
                    "Name the file that describes OSMO: osmo: {domain: osmo.example.com, ...}").asException();
        }
        if (sections.size() > 1) {
            throw Problem.invalid("the files describe OSMO more than once: in the realms "
                    + String.join(", ", sections.keySet()), where, "Name the files of one installation.")
                    .asException();
        }
        String realm = sections.keySet().iterator().next();
        Blueprint.Section section = sections.values().iterator().next();
        return new OsmoFiles(Installation.of(realm, section.value(), section.origin(), loaded.state()), loaded);
    }

    /** The layout: as the option says, else as the files say, else that of OSMO's guide, with a word. */
    Layout layout(Speaking speaking, @Nullable String option) {
        if (option != null) {
            return Layout.of(option)
                    .orElseThrow(() -> new Problem(Problem.Kind.USAGE, "there is no layout \"" + option + "\"", "",
                            "One of 6.2, 6.3, 6.4.", Optional.empty()).asException());
        }
        return osmo.declared().orElseGet(() -> {
            speaking.shell()
                    .err()
                    .println("Layout " + Layout.DEFAULT + ", that of OSMO's guide for Keycloak: no osmo.layout and no"
                            + " --layout says otherwise.");
            return Layout.DEFAULT;
        });
    }
}
