package dev.realmform.osmo;

import dev.realmform.json.Json;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Who is in a team by what an identity provider says at each login: whoever does not have the claim any more is taken out.
 *
 * @param providers the sort of each identity provider that the files declare
 */
record Claims(Function<String, Optional<String>> providers) {

    private static final String SPECIAL = "\\.[]{}()<>*+-=!?^$|";

    void draw(Team team, Part claim, Sheet sheet) {
        for (Part provider : claim.fields()) {
            boolean saml = providers.apply(provider.name()).filter("saml"::equals).isPresent();
            String asked = saml ? "attribute" : "claim";
            boolean several = provider.fields().stream().anyMatch(wanted -> wanted.items().size() > 1);
            Sheet mapper = sheet
                    .at(provider.source(), "identityProviderMappers", provider.name(), name(team))
                    .put("identityProviderMapper",
                            saml ? "saml-advanced-group-idp-mapper" : "oidc-advanced-group-idp-mapper");
            mapper.at(provider.source(), "config")
                    .put("syncMode", "FORCE")
                    .put("group", team.group())
                    .put("are." + asked + ".values.regex", String.valueOf(several))
                    .put(asked + "s", wanted(provider, several));
        }
    }

    private static String name(Team team) {
        List<String> path = GroupNames.downTo(team.group());
        return path.getLast()
                .substring(path.size() > 1 ? path.get(path.size() - 2).length() + 1 : 1)
                .replace("~/", "/");
    }

    /** All of these claims, each with one of its values. */
    private static String wanted(Part provider, boolean asPattern) {
        List<Value> pairs = new ArrayList<>();
        for (Part wanted : provider.fields()) {
            String value = wanted.items()
                    .stream()
                    .map(item -> asPattern ? literally(item.text()) : item.text())
                    .collect(Collectors.joining("|"));
            pairs.add(Value.EMPTY_MAP.with("key", Value.text(wanted.name())).with("value", Value.text(value)));
        }
        return Json.compact(new Value.ListOf(pairs), Json.Secrets.HIDE);
    }

    private static String literally(String text) {
        StringBuilder pattern = new StringBuilder();
        text.chars().forEach(c -> pattern.append(SPECIAL.indexOf(c) >= 0 ? "\\" : "").append((char) c));
        return pattern.toString();
    }
}
