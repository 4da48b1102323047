/**
 * Event time: where windows begin, how far each partition's watermark is, and which readings are
 * late. Reading and reducing both know this package; it knows neither.
 *
 * <p>{@link coarsen.pipeline.time.PartitionClock} explains how a partition's clock is driven, step
 * by step, with an example in numbers.
 */
@NullMarked
package coarsen.pipeline.time;

import org.jspecify.annotations.NullMarked;
