/**
 * Keeps two runs from writing to one output at the same time: their rows would have the same names.
 * Each run claims its outputs before it writes, and learns if another run has taken one over.
 */
@NullMarked
package coarsen.pipeline.claim;

import org.jspecify.annotations.NullMarked;
