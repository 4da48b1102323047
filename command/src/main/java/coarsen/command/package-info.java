/**
 * What every command shares: exit codes, one-line errors, and the option types {@code --window=5s}
 * and {@code --rawOutput=topic:NAME}.
 */
@NullMarked
package coarsen.command;

import org.jspecify.annotations.NullMarked;
