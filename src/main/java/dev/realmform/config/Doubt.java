package dev.realmform.config;

import dev.realmform.model.Path;
import dev.realmform.model.Problem;
import dev.realmform.model.Source;

/**
 * A key that the schema does not know: a typing error, unless the live object has that field.
 *
 * @param realm  the realm whose document has it
 * @param source where it stands
 * @param path   the way to it within the realm's document, members of named lists by name:
 *               {@code clients.pay-portal.redirectUri}
 */
public record Doubt(String realm, Source source, Path path, Problem problem) {}
