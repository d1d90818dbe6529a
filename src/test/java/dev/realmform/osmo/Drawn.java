package dev.realmform.osmo;

import dev.realmform.config.DesiredState;
import dev.realmform.config.LoadRequest;
import dev.realmform.config.Loader;
import dev.realmform.config.Options;
import dev.realmform.keycloak.RealmDocument;
import dev.realmform.model.Address;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Files with a section osmo in them, and what comes of loading them. */
final class Drawn {

    private final Path folder;
    private final List<String> files = new ArrayList<>();
    private boolean untrusted;

    Drawn(Path folder) {
        this.folder = folder;
    }

    /** One more file, which is a layer of its own. */
    Drawn with(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        files.add(name);
        return this;
    }

    Drawn untrusted() {
        untrusted = true;
        return this;
    }

    DesiredState load() {
        return load(folder, files, untrusted);
    }

    static DesiredState load(Path folder, List<String> files, boolean untrusted) {
        Options options = new Options(Map.of(), Map.of(), untrusted, false, Set.of(), Set.of());
        LoadRequest request = new LoadRequest(files.stream().map(file -> folder.resolve(file).toString()).toList(),
                folder, java.io.InputStream.nullInputStream(), Map.of(), options);
        return Loader.load(request, new RealmDocument(), new OsmoBlueprint(), (settings, realms) -> {
        }).state();
    }

    Resource resource(String address) {
        return Objects.requireNonNull(load().resources().get(Address.parse(address)), address);
    }

    /** What is wrong: what, where without the folder, remedy. */
    List<String> problems() {
        try {
            load();
        } catch (ProblemException e) {
            return e.problems().stream().map(this::text).toList();
        }
        throw new AssertionError("nothing is wrong");
    }

    private String text(Problem problem) {
        return problem.what() + "\n" + problem.where().replace(folder + "/", "") + "\n" + problem.remedy();
    }
}
