/**
 * Proves a reduced output from its raw output: recomputes every window with decimal arithmetic that
 * shares nothing with the pipeline, and looks up every message of the source. Depends on the
 * records only, not on where they are read from.
 */
@NullMarked
package coarsen.viewer.verify;

import org.jspecify.annotations.NullMarked;
