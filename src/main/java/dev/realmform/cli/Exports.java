package dev.realmform.cli;

import dev.realmform.json.Json;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Exports of realms: a file with a realm or a list of them, with the users in it, or in files beside it as kc.sh writes them. */
final class Exports {

    static final String USERS = "users";

    private static final String REALM = "realm";

    private Exports() {}

    /** One realm of them. */
    record Found(String name, String realm, Value.MapOf document) {}

    static Found read(Shell shell, List<Path> named, Optional<String> realm) {
        List<Value.MapOf> documents = new ArrayList<>();
        named.forEach(
                path -> files(shell.folder().resolve(path), path).forEach(file -> documents.addAll(documents(file))));
        Set<String> realms = new TreeSet<>();
        documents.forEach(document -> document.text(REALM).ifPresent(realms::add));
        String name = String.join(", ", named.stream().map(Path::toString).toList());
        String meant = realm.orElseGet(() -> only(realms, name));
        List<Value.MapOf> parts = documents.stream()
                .filter(document -> document.text(REALM).filter(meant::equals).isPresent())
                .toList();
        if (parts.isEmpty()) {
            throw Problem.refused("there is no realm " + meant + " in the export", name,
                    "It holds: " + String.join(", ", realms) + ".").asException();
        }
        return new Found(name, meant, together(parts));
    }

    private static String only(Set<String> realms, String name) {
        if (realms.size() != 1) {
            throw new Problem(Problem.Kind.USAGE, realms.isEmpty() ? "the export holds no realm"
                    : "the export holds several realms: " + String.join(", ", realms), name,
                    realms.isEmpty() ? "Name a file that kc.sh export or a partial export has written."
                            : "Say which one with --realm.",
                    Optional.empty()).asException();
        }
        return realms.iterator().next();
    }

    /** Users may stand in files of their own, many of them. */
    private static Value.MapOf together(List<Value.MapOf> parts) {
        Value.MapOf whole = Value.EMPTY_MAP;
        List<Value> users = new ArrayList<>();
        for (Value.MapOf part : parts) {
            users.addAll(part.list(USERS));
            for (String field : part.fields().keySet()) {
                whole = whole.with(field, part.get(field).orElseThrow());
            }
        }
        return whole.has(USERS) ? whole.with(USERS, new Value.ListOf(users)) : whole;
    }

    private static List<Path> files(Path path, Path named) {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> inside = Files.list(path)) {
            return inside.filter(file -> file.toString().endsWith(".json")).sorted().toList();
        } catch (IOException e) {
            throw unreadable(named).causedBy(e).asException();
        }
    }

    private static List<Value.MapOf> documents(Path file) {
        try {
            return switch (Json.parse(Files.readAllBytes(file))) {
                case Value.MapOf realm -> List.of(realm);
                case Value.ListOf(List<Value> realms) -> realms.stream()
                        .filter(Value.MapOf.class::isInstance)
                        .map(Value.MapOf.class::cast)
                        .toList();
                default -> List.of();
            };
        } catch (IOException e) {
            throw unreadable(file).causedBy(e).asException();
        } catch (ProblemException e) {
            throw Problem.invalid("the export is no JSON: " + e.problems().getFirst().what(), file.toString(),
                    "Name a file that kc.sh export or a partial export has written.").causedBy(e).asException();
        }
    }

    private static Problem unreadable(Path file) {
        return Problem.invalid("the export cannot be read", file.toString(), "Name a file or a folder that is there.");
    }
}
