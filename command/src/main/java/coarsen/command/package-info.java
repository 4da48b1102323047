/**
 * What all commands share: exit codes, one-line errors, durations and addresses as options,
 * progress, log levels, and stopping on signals.
 */
@NullMarked
package coarsen.command;

import org.jspecify.annotations.NullMarked;
