package dev.realmform.osmo;

import dev.realmform.config.Blueprint;
import dev.realmform.config.ForeignFile;
import dev.realmform.config.LoadRequest;
import dev.realmform.config.Loader;
import dev.realmform.config.Options;
import dev.realmform.keycloak.RealmDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An installation as a file in a folder describes it. */
final class Installed {

    private final Path folder;

    Installed(Path folder) {
        this.folder = folder;
    }

    Installation by(String text) {
        write("osmo.yaml", text);
        Loader.Loaded loaded = Loader.load(LoadRequest.of(List.of(folder.resolve("osmo.yaml").toString()), Map.of(),
                new Options(Map.of(), Map.of(), false, false, Set.of(), Set.of())), new RealmDocument(),
                new OsmoBlueprint(), (settings, realms) -> {
                });
        Map.Entry<String, Blueprint.Section> section = loaded.drawn().entrySet().iterator().next();
        return Installation.of(section.getKey(), section.getValue().value(), section.getValue().origin(),
                loaded.state());
    }

    Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A team's own file, with all its documents. */
    List<ValueReview.Given> given(String name, Optional<Chart> chart, String text) {
        return ForeignFile.read(name, write(name, text))
                .stream()
                .map(document -> new ValueReview.Given(name, chart, document))
                .toList();
    }
}
