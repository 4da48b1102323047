/**
 * What a run counts, and what it says of itself. Metrics are defined once, in {@link
 * coarsen.pipeline.status.RunMetrics}; {@link coarsen.pipeline.status.RunStatus} is a snapshot of
 * them.
 */
@NullMarked
package coarsen.pipeline.status;

import org.jspecify.annotations.NullMarked;
