package dev.realmform.osmo;

import dev.realmform.model.Source;

/**
 * A value that is not as the login needs it.
 *
 * @param path   the value, as people write it: {@code sidecars.envoy.idp.host}
 * @param source where it stands, or where it would have to
 * @param found  what is there; with a word on what the chart takes if nothing is
 * @param wanted what should be
 * @param why    whole sentences
 */
public record Finding(String path, Source source, String found, String wanted, String why) {}
