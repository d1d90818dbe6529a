package dev.realmform.cli;

import dev.realmform.keycloak.FirstPasswords;
import dev.realmform.model.Address;
import dev.realmform.model.Problem;
import dev.realmform.model.Secret;
import dev.realmform.state.DurableFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The file with the temporary passwords of new users: CSV, for its owner alone, written once. A password stands in it, synced,
 * before it is sent; one that certainly did not arrive is out of it when it is closed. So a run that is killed leaves a row too
 * many at worst, and never a password that nobody knows.
 */
final class CredentialsFile implements FirstPasswords.Sheet, AutoCloseable {

    private static final String HEADER = "realm,username,password\n";

    private final DurableFile file;
    private final FileChannel channel;
    private final SortedMap<Address, String> rows = new TreeMap<>();
    private boolean struck;

    private CredentialsFile(DurableFile file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
        file.append(channel, bytes(HEADER));
    }

    /**
     * Makes it.
     *
     * @throws dev.realmform.model.ProblemException if there is such a file already, or none can be made
     */
    static CredentialsFile create(Path path) {
        DurableFile file = new DurableFile(path);
        return new CredentialsFile(file, file.begin());
    }

    @Override
    public synchronized void note(Address user, Secret password) {
        String row = cell(user.root()) + "," + cell(user.name()) + "," + cell(password.reveal()) + "\n";
        rows.put(user, row);
        file.append(channel, bytes(row));
    }

    @Override
    public synchronized void strike(Address user) {
        struck |= rows.remove(user) != null;
    }

    /** How many passwords are in it. */
    synchronized int count() {
        return rows.size();
    }

    @Override
    public synchronized void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw Problem.failed("cannot close " + file.path() + ": " + e.getMessage(), "",
                    "Look whether the passwords are in it.").causedBy(e).asException();
        }
        if (rows.isEmpty()) {
            file.delete();
        } else if (struck) {
            file.replace(bytes(HEADER + String.join("", rows.values())));
        }
    }

    private static String cell(String text) {
        return text.matches("[^\",\\r\\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
