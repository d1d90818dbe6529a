package dev.realmform.config;

import dev.realmform.model.Origin;
import dev.realmform.model.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A document of YAML or JSON that is no desired state, such as the values of a Helm chart: what stands in it, and where.
 * Neither schema nor references count in it.
 */
public record ForeignFile(Value.MapOf content, Origin origin) {

    /**
     * The documents of a file that are maps; others are left out.
     *
     * @throws dev.realmform.model.ProblemException if it cannot be read, or is neither YAML nor JSON
     */
    public static List<ForeignFile> read(String name, Path path) {
        List<ForeignFile> documents = new ArrayList<>();
        for (Node document : TreeReader.read(SourceFile.read(name, path))) {
            if (document instanceof Node.Fields map) {
                documents.add(new ForeignFile(Values.value(map), Values.origin(map)));
            }
        }
        return documents;
    }
}
