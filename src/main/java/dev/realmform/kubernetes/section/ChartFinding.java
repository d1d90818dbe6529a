package dev.realmform.kubernetes.section;

import dev.realmform.model.Source;

/**
 * A value of a chart that does not do what it seems to.
 *
 * @param path   the value, as people write it: {@code ingress.annotations}
 * @param source where it stands, or where it would have to
 * @param found  what is there; never a password
 * @param wanted what should be
 * @param why    whole sentences
 */
public record ChartFinding(String path, Source source, String found, String wanted, String why) {}
