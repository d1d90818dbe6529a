package dev.realmform.render;

import dev.realmform.model.Change;
import dev.realmform.model.Edit;

/** How changes are spoken of: as what an apply will do, or as what has drifted. */
interface Voice {

    /** What stands behind the address; may be empty. */
    String about(Change change);

    /** What stands beside an edit; may be empty. */
    String about(Change change, Edit edit);

    /** What an apply will do. */
    final class OfPlan implements Voice {

        @Override
        public String about(Change change) {
            return change instanceof Change.Adopt ? "(adopted)" : "";
        }

        @Override
        public String about(Change change, Edit edit) {
            boolean forces = change instanceof Change.Replace replace && replace.because()
                    .stream()
                    .anyMatch(path -> path.startsWith(edit.path()) || edit.path().startsWith(path));
            return forces ? "forces replacement" : "";
        }
    }
}
