/** What the launcher runs once per build so that the JVM's AOT cache knows what a plan and an apply use. Nothing else uses it. */
@NullMarked
package dev.realmform.cli.training;

import org.jspecify.annotations.NullMarked;
