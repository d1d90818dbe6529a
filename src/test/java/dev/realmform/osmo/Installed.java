package dev.realmform.osmo;

import dev.realmform.config.ForeignFile;
import dev.realmform.config.LoadRequest;
import dev.realmform.config.Loader;
import dev.realmform.config.Options;
import dev.realmform.config.Settings;
import dev.realmform.keycloak.RealmDocument;
import dev.realmform.model.Origin;
import dev.realmform.model.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An installation as a file in a folder describes it. */
final class Installed implements Loader.Listener {

    private final Path folder;
    private final List<Section> sections = new ArrayList<>();

    private record Section(String realm, Value.MapOf value, Origin origin) {}

    Installed(Path folder) {
        this.folder = folder;
    }

    @Override
    public void pointing(Settings settings, Set<String> realms) {
        // Nobody goes there.
    }

    @Override
    public void blueprint(String realm, Value.MapOf section, Origin origin) {
        sections.add(new Section(realm, section, origin));
    }

    Installation by(String text) {
        write("osmo.yaml", text);
        sections.clear();
        Loader.Loaded loaded = Loader.load(LoadRequest.of(List.of(folder.resolve("osmo.yaml").toString()), Map.of(),
                new Options(Map.of(), Map.of(), false, false, Set.of(), Set.of())), new RealmDocument(),
                new OsmoBlueprint(),
                this);
        Section section = sections.getFirst();
        return Installation.of(section.realm(), section.value(), section.origin(), loaded.state());
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
