package dev.realmform.cli;

import dev.realmform.config.Loader;
import dev.realmform.json.ProofFormat;
import dev.realmform.model.Problem;
import dev.realmform.model.Proof;
import dev.realmform.osmo.Endpoints;
import dev.realmform.osmo.Requirements;
import dev.realmform.osmo.TokenReading;
import dev.realmform.osmo.token.Jwt;
import dev.realmform.osmo.token.KeySet;
import dev.realmform.render.ProofText;
import dev.realmform.render.TokenText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes a token apart, offline, and says what OSMO would make of it. */
@Command(name = "decode", customSynopsis = "realmform token decode [FILE|-] [OPTIONS]", description = {
    "Take a token apart: what stands in it, whether its signature holds, which of OSMO's JWT providers would accept it, and"
            + " what user and roles OSMO would see. Offline, unless keys are to be fetched. Exits with 2 if something is"
            + " wrong with it."})
final class TokenDecodeCommand extends RealmformCommand {

    /** A token where the name of a file is expected. */
    private static final Pattern TOKEN = Pattern.compile("(?s)(.*\\s)?ey[\\w-]+\\.[\\w-]+\\..*");

    private static final int LONGEST = 1_000_000;

    private static final List<String> TIMES = List.of("exp", "iat", "nbf", "auth_time");

    @Parameters(arity = "0..1", paramLabel = "FILE",
            description = "The file that holds the token; - or nothing for standard input. Never the token itself: others"
                    + " can read a command line.")
    @Nullable
    String file;

    @Option(names = "--jwks", paramLabel = "FILE|URL", description = "The issuer's public keys.")
    @Nullable
    String jwks;

    @Option(names = "--fetch-keys", description = {
        "Fetch the keys from the issuer that -f or --issuer names; never from one that only the token names."})
    boolean fetchKeys;

    @Option(names = "--issuer", paramLabel = "URL",
            description = "Who issues the realm's tokens (default: as the section osmo of -f says).")
    @Nullable
    String issuer;

    @Option(names = "--json", description = "As JSON in place of the text.")
    boolean json;

    @ArgGroup(validate = false, heading = "%nFiles:%n", order = 20)
    FileOptions files = new FileOptions();

    @ArgGroup(validate = false, heading = "%nServer:%n", order = 40)
    ServerOptions server = new ServerOptions();

    TokenDecodeCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run() {
        if (file != null && TOKEN.matcher(file).matches()) {
            throw usage("this is a token, and everybody on this machine can read a command line",
                    "Put it into a file, or give it on standard input. Consider it known, and log out.");
        }
        Optional<Requirements> installation = installation();
        Optional<String> wanted = Optional.ofNullable(issuer).or(() -> installation.map(Requirements::issuer));
        Jwt token = Jwt.parse(text());
        TokenReading reading = new TokenReading(token, wanted, installation.flatMap(Requirements::layout),
                shell().clock().instant().truncatedTo(ChronoUnit.SECONDS));
        Proof proof = new Proof(reading.checks(keys(wanted)));
        if (json) {
            shell().data().print(ProofFormat.write(token.header(), token.claims(), proof));
        } else {
            shell().out().print(TokenText.render(token.header(), token.claims(), words(token), speaking().look()));
            shell().out().print(ProofText.render(proof, "", "OSMO would take it.", speaking().look()));
        }
        shell().out().flush();
        return proof.holds() ? ExitCode.DONE : ExitCode.PENDING;
    }

    private static RuntimeException usage(String what, String remedy) {
        return new Problem(Problem.Kind.USAGE, what, "", remedy, Optional.empty()).asException();
    }

    private Optional<Requirements> installation() {
        if (files.files.isEmpty()) {
            return Optional.empty();
        }
        Loader.Loaded loaded = Workplace.load(shell(), files, new ServerOptions(), new StateOptions());
        if (loaded.drawn().size() != 1) {
            throw usage("the files hold " + (loaded.drawn().isEmpty() ? "no section osmo" : "several sections osmo"),
                    "Name one file with one, or say --issuer URL.");
        }
        return loaded.drawn().entrySet().stream().findFirst().map(one -> Requirements.of(one.getKey(), one.getValue()));
    }

    private String text() {
        try {
            byte[] bytes = file == null || file.equals("-")
                    ? shell().in().readNBytes(LONGEST)
                    : Files.readAllBytes(shell().folder().resolve(file));
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw Problem.invalid("the token cannot be read", file == null ? "" : file,
                    "Name a file that holds it, or give it on standard input.").causedBy(e).asException();
        }
    }

    private Optional<KeySet> keys(Optional<String> wanted) {
        if (jwks != null && !jwks.matches("https?://.*")) {
            Path path = shell().folder().resolve(jwks);
            try {
                return Optional.of(KeySet.parse(Files.readAllBytes(path), jwks));
            } catch (IOException e) {
                throw Problem.invalid("the keys cannot be read", jwks, "Name a file, or an address.")
                        .causedBy(e)
                        .asException();
            }
        }
        if (jwks == null && !fetchKeys) {
            return Optional.empty();
        }
        String from = jwks != null ? jwks
                : Endpoints.below(wanted.orElseThrow(() -> usage("nobody says from which issuer to fetch keys",
                        "Give -f FILE or --issuer URL: an issuer that only the token names proves nothing."))).keys();
        WebAddress address = WebAddress.ofOption(jwks != null ? "--jwks" : "the issuer", from);
        try (JsonWeb web = JsonWeb.to(address, speaking(), server, Optional.empty())) {
            JsonWeb.Reply reply = web.send("GET", address.url(), Optional.empty());
            if (reply.status() != 200) {
                throw Problem.failed("the keys are answered with " + reply.status(), from,
                        "Is the address right? In a browser it shows a list of keys.").asException();
            }
            return Optional.of(KeySet.of(reply.body(), from));
        }
    }

    private static Map<String, String> words(Jwt token) {
        Map<String, String> words = new TreeMap<>();
        TIMES.forEach(claim -> token.time(claim).ifPresent(at -> words.put(claim, at.toString())));
        return words;
    }
}
