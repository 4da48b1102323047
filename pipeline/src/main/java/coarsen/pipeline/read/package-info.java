/**
 * From Kafka to batches: a consumer that hands on runs of records as one, a parser that never
 * throws, and a clock of event time for each partition.
 */
@NullMarked
package coarsen.pipeline.read;

import org.jspecify.annotations.NullMarked;
