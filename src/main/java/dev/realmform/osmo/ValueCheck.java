package dev.realmform.osmo;

import dev.realmform.model.Nearness;
import dev.realmform.model.Path;
import dev.realmform.model.Source;
import dev.realmform.model.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Lays a team's values of one chart beside what the login needs of them. What it does not need is nobody's business here. */
final class ValueCheck {

    private static final String NOT_THERE = "not there";

    private final TeamValues values;
    private final List<Finding> findings = new ArrayList<>();

    private ValueCheck(TeamValues values) {
        this.values = values;
    }

    static List<Finding> of(TeamValues values, Chart chart, Layout layout, List<Setting> settings) {
        ValueCheck check = new ValueCheck(values);
        if (!check.isOfAnotherLayout(layout)) {
            check.oldKeys(layout);
            settings.forEach(check::look);
            check.copiedProvider(chart, layout);
        }
        return check.findings;
    }

    /** Then nothing else would be told that helps. */
    private boolean isOfAnotherLayout(Layout layout) {
        String umbrella = "services.api";
        if (values.has(umbrella) && !values.has("services.service")) {
            add(umbrella, "services.api, as the new chart osmo/osmo has it", "services.service",
                    "These look like values of the chart that holds all of OSMO. Those of osmo/service are checked here.");
            return true;
        }
        String right = layout.hasGateway() ? "gateway" : "sidecars";
        String other = layout.hasGateway() ? "sidecars" : "gateway";
        boolean foreign = values.names(Path.of(other)).stream().anyMatch(Set.of("oauth2Proxy", "envoy")::contains);
        if (!foreign || values.has(right)) {
            return false;
        }
        add(other, other, right, layout.hasGateway()
                ? "Sidecars are those of OSMO 6.2. From 6.3 on the charts read gateway, and nothing below sidecars counts."
                : "A gateway is what OSMO has from 6.3 on. The charts of 6.2 read sidecars. Is the layout right?"
                        + " --layout says it.");
        return true;
    }

    private void oldKeys(Layout layout) {
        if (layout.hasGateway()) {
            return;
        }
        for (String key : List.of("oauth2Filter", "useKubernetesSecrets")) {
            String path = "sidecars.envoy." + key;
            if (values.has(path)) {
                add(path, key, "sidecars.oauth2Proxy" + (key.equals("oauth2Filter") ? "" : "." + key),
                        "This is how OSMO 6.0 had it. The charts of 6.2 refuse to be installed with it.");
            }
        }
    }

    private void add(String path, String found, String wanted, String why) {
        Path at = Path.parse(path);
        findings.add(new Finding(path, values.around(at), found, wanted, why));
    }

    private void look(Setting setting) {
        switch (setting.demand()) {
            case Demand.Exactly exactly -> exactly(setting, exactly);
            case Demand.Suggested ignored -> {
            }
            case Demand.TrueUnless demand -> {
                if (values.at(demand.instead()).isEmpty()) {
                    exactly(setting, Demand.yes());
                }
            }
            case Demand.Below below -> below(setting, below);
            case Demand.Covering covering -> values.at(setting.path())
                    .filter(found -> !covers(found.text(), covering.host()))
                    .ifPresent(found -> wrong(setting, found, covering.value()));
            case Demand.Words words -> values.at(setting.path())
                    .filter(found -> !List.of(found.text().split("[ ,]+")).containsAll(words.words()))
                    .ifPresent(found -> wrong(setting, found, words.value()));
            case Demand.Argument argument -> argument(setting, argument);
            case Demand.Provider provider -> provider(setting, provider);
        }
    }

    private void wrong(Setting setting, TeamValues.Found found, Value wanted) {
        findings.add(
                new Finding(setting.path().toString(), found.source(), found.text(), shown(wanted), setting.why()));
    }

    private static String shown(Value value) {
        return new TeamValues.Found(value, Source.NONE).text();
    }

    private void exactly(Setting setting, Demand.Exactly demand) {
        String wanted = shown(demand.value());
        Optional<TeamValues.Found> found = values.at(setting.path());
        boolean elsewhere = found.isEmpty() && demand.or()
                .stream()
                .anyMatch(path -> values.at(path).filter(it -> it.text().equals(wanted)).isPresent());
        if (found.isPresent()) {
            found.filter(it -> !it.text().equals(wanted)).ifPresent(it -> wrong(setting, it, demand.value()));
        } else if (!elsewhere && demand.byDefault().filter(demand.value()::equals).isEmpty()) {
            missing(setting, "");
        }
    }

    private void missing(Setting setting, String byDefault) {
        Path path = setting.path();
        Optional<String> mistyped = values.names(path.parent())
                .stream()
                .filter(name -> !name.equals(path.last()) && Nearness.looksMistyped(name, Set.of(path.last())))
                .findFirst();
        String found = mistyped.map(name -> NOT_THERE + "; " + name + " is, which the chart does not read")
                .orElse(NOT_THERE + (byDefault.isEmpty() ? "" : "; the chart takes " + byDefault));
        findings.add(new Finding(path.toString(),
                mistyped.map(name -> values.around(path.parent().then(name))).orElseGet(() -> values.around(path)),
                found,
                shown(setting.demand().value()), setting.why()));
    }

    private void below(Setting setting, Demand.Below below) {
        Optional<TeamValues.Found> found = values.at(setting.path());
        if (found.isEmpty()) {
            boolean fits = GoDuration.parse(below.byDefault())
                    .filter(time -> time.compareTo(below.limit().time()) < 0)
                    .isPresent();
            if (!fits) {
                missing(setting, below.byDefault());
            }
            return;
        }
        Optional<Duration> time = GoDuration.parse(found.get().text());
        boolean fits = time.filter(it -> it.isPositive() && it.compareTo(below.limit().time()) < 0).isPresent();
        if (!fits) {
            findings.add(new Finding(setting.path().toString(), found.get().source(), found.get().text(),
                    "below " + GoDuration.text(below.limit().time()) + ", such as " + shown(below.value()),
                    setting.why()));
        }
    }

    /** A cookie's domain stands for itself and all hosts below it. */
    private static boolean covers(String domain, String host) {
        String bare = domain.startsWith(".") ? domain.substring(1) : domain;
        return host.equals(bare) || host.endsWith("." + bare);
    }

    private void argument(Setting setting, Demand.Argument argument) {
        List<String> given = new ArrayList<>();
        String before = "";
        for (TeamValues.Found item : values.items(setting.path())) {
            String text = item.text();
            if (text.startsWith(argument.name() + "=")) {
                given.addAll(List.of(text.substring(argument.name().length() + 1).split(",")));
            } else if (before.equals(argument.name())) {
                given.addAll(List.of(text.split(",")));
            }
            before = text;
        }
        boolean bare = argument.name().equals(Needs.UNVERIFIED) && before(setting, argument.name());
        if (!bare && given.stream().noneMatch(it -> fits(it.strip(), argument))) {
            findings.add(new Finding(setting.path().toString(), values.around(setting.path()),
                    given.isEmpty() ? "no " + argument.name() : argument.name() + "=" + String.join(",", given),
                    "- " + shown(argument.value()), setting.why()));
        }
    }

    /** A flag that is true by being there. */
    private boolean before(Setting setting, String name) {
        return values.items(setting.path()).stream().anyMatch(item -> item.text().equals(name));
    }

    private static boolean fits(String given, Demand.Argument argument) {
        if (!argument.name().equals(Needs.WHITELIST)) {
            return given.equalsIgnoreCase(argument.text());
        }
        String host = argument.text();
        String domain = given.replaceFirst("^\\*", "").replaceFirst(":\\*$", "");
        return domain.toLowerCase(Locale.ROOT).equals(host)
                || (domain.startsWith(".") && host.endsWith(domain.toLowerCase(Locale.ROOT)));
    }

    private void provider(Setting setting, Demand.Provider wanted) {
        List<TeamValues.Found> items = values.items(setting.path());
        Optional<Path> at = Optional.empty();
        for (int i = 0; i < items.size() && at.isEmpty(); i++) {
            Path item = setting.path().then(String.valueOf(i));
            at = Optional.of(item)
                    .filter(it -> values.at(it.then("audience"))
                            .filter(a -> a.text().equals(wanted.audience()))
                            .isPresent());
        }
        if (at.isEmpty()) {
            String audiences = items.stream()
                    .filter(item -> item.value() instanceof Value.MapOf)
                    .map(item -> ((Value.MapOf) item.value()).text("audience").orElse("?"))
                    .collect(Collectors.joining(", "));
            findings.add(new Finding(setting.path().toString(), values.around(setting.path()),
                    audiences.isEmpty() ? "no providers" : "providers for " + audiences,
                    "one for the audience " + wanted.audience() + ": issuer " + field(wanted, "issuer") + ", jwks_uri "
                            + field(wanted, "jwks_uri") + ", user_claim " + field(wanted, "user_claim") + ", cluster "
                            + field(wanted, "cluster"),
                    setting.why()));
            return;
        }
        Path item = at.get();
        new TreeMap<>(wanted.why()).forEach((name, why) -> {
            String text = name.equals("jwks_uri") ? keys(wanted, item.then(name)) : field(wanted, name);
            exactly(new Setting(item.then(name), Demand.text(text), why, false), Demand.text(text));
        });
    }

    private static String field(Demand.Provider provider, String name) {
        return provider.value().text(name).orElse("");
    }

    /** The gateway speaks TLS to the service, unless somebody switched that off. */
    private String keys(Demand.Provider wanted, Path at) {
        String keys = field(wanted, "jwks_uri");
        if (!wanted.audience().equals("osmo")) {
            return keys;
        }
        boolean plain = values.at(Path.parse("gateway.tls.enabled"))
                .filter(it -> it.text().equals("false"))
                .isPresent();
        String scheme = plain ? keys.replaceFirst("^https:", "http:") : keys;
        // The port is that of the cluster, and may be written out.
        String written = scheme.replaceFirst("^(https?://[^/:]+)/", "$1:80/");
        return values.at(at).filter(found -> found.text().equals(written)).isPresent() ? written : scheme;
    }

    /** The guide has one block for all charts, and the cluster service of the UI is the UI. */
    private void copiedProvider(Chart chart, Layout layout) {
        Path list = Path.parse("sidecars.envoy.jwt.providers");
        List<TeamValues.Found> items = chart == Chart.WEB_UI && !layout.hasGateway() ? values.items(list) : List.of();
        for (int i = 0; i < items.size(); i++) {
            Path item = list.then(String.valueOf(i));
            Optional<TeamValues.Found> cluster = values.at(item.then("cluster"))
                    .filter(it -> it.text().equals("service"));
            cluster.ifPresent(found -> findings.add(new Finding(item.toString(), found.source(),
                    "a provider with the cluster service", "none",
                    "In this chart the cluster service is the UI itself, which has no keys. The guide's block is that of"
                            + " the service.")));
        }
    }
}
