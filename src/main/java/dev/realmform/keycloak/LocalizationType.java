package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Change.Delete.DeleteReason;
import dev.realmform.model.Origin;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.Field;
import dev.realmform.provider.Overlay;
import dev.realmform.provider.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The realm's own texts in one language, key by key. One without texts, which the server may list, is none (26.7.3). */
final class LocalizationType implements KeycloakType {

    static final String NAME = "localization";

    private static final String SECTION = "localizationTexts";

    /** The same in files of keycloak-config-cli. */
    private static final String BUNDLES = "messageBundles";

    /** In the document of the realm, if it names all of them. */
    private static final String LOCALES = "supportedLocales";

    private static final String DEFAULT = "defaultLocale";

    private static final Schema SCHEMA = new Schema(Field.mapOf(Field.any()));

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public Value.MapOf tidy(Value.MapOf raw) {
        return Texts.of(raw);
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public Optional<String> collection() {
        return Optional.of(SECTION);
    }

    @Override
    public void list(Reader reader, Wanted wanted, Found found) {
        Set<String> locales = new TreeSet<>(wanted.names(NAME));
        if (wanted.all(this)) {
            locales.addAll(
                    Value.EMPTY_MAP.with(NAME, reader.value(wanted.realm(), NAME).orElse(Value.NULL)).texts(NAME));
        }
        reader.each(locales, locale -> {
            Address address = Address.of(NAME, wanted.realm(), locale);
            reader.object(wanted.realm(), NAME, locale)
                    .filter(texts -> !texts.isEmpty() || asksForNone(wanted, address))
                    .ifPresent(texts -> found.add(this, address, texts, Optional.empty(), false));
        });
    }

    /** A declared language without texts cannot be made: it is there as it is. */
    private static boolean asksForNone(Wanted wanted, Address address) {
        return wanted.declared(address).filter(it -> Overlay.alone(SCHEMA, it.value()).isEmpty()).isPresent();
    }

    @Override
    public Optional<String> find(Reader reader, Ids ids, Address address) {
        return Optional.empty();
    }

    /** A POST lays its texts over those that are there (measured); others go one by one, since a language may be shared. */
    @Override
    public List<Call> calls(Change change) {
        Way language = Way.realm(change.address().root()).then(NAME, change.address().name());
        if (change instanceof Change.Forget) {
            return Call.none();
        }
        if (change instanceof Change.Delete delete && goesWhole(delete)) {
            return List.of(Call.delete(language));
        }
        Value.MapOf before = change.before().map(Resource::value).orElse(Value.EMPTY_MAP);
        Value.MapOf after = change instanceof Change.Delete ? Value.EMPTY_MAP : Wire.planned(change).value();
        Value.MapOf changed = Value.EMPTY_MAP;
        List<Call> calls = new ArrayList<>();
        for (String key : Wire.differing(before, after)) {
            if (after.has(key)) {
                changed = changed.with(key, after.get(key).orElseThrow());
            } else {
                calls.add(Call.delete(language.then(key)));
            }
        }
        if (!changed.isEmpty()) {
            calls.addFirst(Call.post(language, changed));
        }
        return calls;
    }

    private static boolean goesWhole(Change.Delete delete) {
        return delete.why() == DeleteReason.ASKED || delete.why() == DeleteReason.NOT_DECLARED;
    }

    @Override
    public List<String> place(Address address) {
        return List.of(SECTION, address.name());
    }

    @Override
    public Set<String> sections() {
        return Set.of(SECTION, BUNDLES);
    }

    @Override
    public void cut(String realm, Value.MapOf document, Origin origin, Pieces pieces) {
        List<String> shown = document.texts(LOCALES);
        document.text(DEFAULT)
                .filter(locale -> !shown.isEmpty() && !shown.contains(locale))
                .ifPresent(locale -> pieces.warn("defaultLocale is " + locale + " (" + origin.at(DEFAULT).source()
                        + "), and supportedLocales does not hold it"));
        for (String section : List.of(SECTION, BUNDLES)) {
            for (Map.Entry<String, Value> language : document.map(section).fields().entrySet()) {
                String locale = language.getKey();
                if (section.equals(BUNDLES) && document.map(SECTION).has(locale)) {
                    pieces.problem("the texts of " + locale + " stand in " + SECTION + " and in " + BUNDLES,
                            origin.at(BUNDLES).at(locale), "Put them into " + SECTION + ".");
                } else {
                    pieces.add(this, Address.of(NAME, realm, locale), language.getValue(),
                            origin.at(section).at(locale));
                    if (!shown.isEmpty() && !isShown(locale, shown)) {
                        pieces.warn("nobody sees the texts of " + locale + " (" + origin.at(section).at(locale).source()
                                + "): supportedLocales does not hold it");
                    }
                }
            }
        }
    }

    /** Texts of de are shown to those who chose de-AT, and English ones wherever a language lacks them. */
    private static boolean isShown(String locale, List<String> supported) {
        return locale.equals("en") || supported.stream()
                .anyMatch(other -> other.equals(locale) || other.startsWith(locale + "-"));
    }
}
