package dev.realmform.json;

import dev.realmform.model.AccessAnswer;
import dev.realmform.model.Address;
import dev.realmform.model.Product;
import dev.realmform.model.Reach;
import dev.realmform.model.RealmAccess;
import dev.realmform.model.Seen;
import dev.realmform.model.Value;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Who can use a thing and why, for machines: {@code schema/access.schema.json}. */
public final class AccessAnswerFormat {

    /** A change of the first number is not understood by older readers; a change of the second adds fields. */
    static final String VERSION = "1.0";

    private AccessAnswerFormat() {}

    public static String write(AccessAnswer answer) {
        Value.MapOf asked = Value.EMPTY_MAP.with("name", Value.text(answer.name()))
                .with("kind", Value.text(answer.kind()))
                .with("ways", new Value.ListOf(answer.ways().stream().map(AccessAnswerFormat::way).toList()))
                .with("absent", addresses(answer.absent()));
        Value.MapOf written = Value.EMPTY_MAP.with("format_version", Value.text(VERSION))
                .with("realm", Value.text(answer.realm()))
                .with("origin", Value.text(answer.origin()))
                .with("asked", asked)
                .with("users", new Value.ListOf(
                        answer.reaches().stream().map(reach -> user(reach, answer)).toList()));
        return Json.pretty(
                answer.subject().map(subject -> written.with("subject", subject(subject, answer))).orElse(written),
                Json.Secrets.HIDE);
    }

    private static Value way(Product.Way way) {
        return Value.EMPTY_MAP.with("because", Value.text(way.because())).with("roles", addresses(way.roles()));
    }

    private static Value user(Reach reach, AccessAnswer answer) {
        return account(reach.user(), reach.account(), answer)
                .with("whole", Value.bool(reach.whole()))
                .with("missing", addresses(reach.missing()))
                .with("paths", new Value.ListOf(reach.paths().stream().map(AccessAnswerFormat::addresses).toList()));
    }

    private static Value.MapOf account(Address user, RealmAccess.Account known, AccessAnswer answer) {
        Value.MapOf account = Value.EMPTY_MAP.with("user", Value.text(user.toString()))
                .with("username", Value.text(known.username()))
                .with("standing", Value.text(known.standing().name().toLowerCase(Locale.ROOT)));
        return Optional.ofNullable(answer.seen().get(user))
                .map(seen -> account.with("login", login(seen)))
                .orElse(account);
    }

    private static Value login(Seen seen) {
        return switch (seen) {
            case Seen.Login login -> Value.EMPTY_MAP.with("known", Value.bool(true))
                    .with("at", Value.text(login.at().toString()))
                    .with("client", Value.text(login.client()))
                    .with("provider", Value.text(login.provider()));
            case Seen.Session session -> Value.EMPTY_MAP.with("known", Value.bool(true))
                    .with("at", Value.text(session.since().toString()))
                    .with("last_access", Value.text(session.lastAccess().toString()));
            case Seen.Nothing ignored -> Value.EMPTY_MAP.with("known", Value.bool(true));
            case Seen.Unknown(String why) ->
                Value.EMPTY_MAP.with("known", Value.bool(false)).with("why", Value.text(why));
        };
    }

    private static Value subject(AccessAnswer.Subject subject, AccessAnswer answer) {
        return account(subject.user(), subject.account(), answer)
                .with("can", Value.bool(answer.isUsable()))
                .with("groups", addresses(subject.groups()))
                .with("roles", addresses(subject.roles()))
                .with("instead", addresses(subject.instead()));
    }

    private static Value addresses(Collection<Address> addresses) {
        return Value.texts(List.copyOf(addresses).stream().map(Address::toString).toList());
    }
}
