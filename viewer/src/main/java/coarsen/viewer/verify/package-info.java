/**
 * Proves a reduced output from its raw output: every window is recomputed with decimal arithmetic
 * that shares nothing with the pipeline, and every message of the source is looked for. Knows the
 * records, and nothing of where they are read from.
 */
@NullMarked
package coarsen.viewer.verify;

import org.jspecify.annotations.NullMarked;
