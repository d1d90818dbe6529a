package dev.realmform.osmo;

import dev.realmform.model.Path;

/**
 * A value of a chart that belongs to the login.
 *
 * @param path    of the list, for an item of one
 * @param why     why it has to be so, in whole sentences
 * @param comment whether the files that we write say why: where OSMO's guide says nothing, or something else
 */
record Setting(Path path, Demand demand, String why, boolean comment) {}
