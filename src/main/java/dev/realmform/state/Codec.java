package dev.realmform.state;

import dev.realmform.model.Value;
import java.util.function.Function;

/**
 * How trees become text: JSON, but this package need not know.
 *
 * @param parse throws a {@link dev.realmform.model.ProblemException} whose problem says what is wrong and at which line
 * @param line  on one line, without a line break at its end
 * @param page  for people to read and compare, with a line break at its end
 */
public record Codec(Function<byte[], Value> parse, Function<Value, String> line, Function<Value, String> page) {}
