/**
 * Reads a topic, reduces it to the means of fixed windows, and writes raw, reduced and rejected
 * rows; the main class joins the steps and reads like the diagram in docs/architecture.md.
 */
@NullMarked
package coarsen.pipeline;

import org.jspecify.annotations.NullMarked;
