/**
 * From Kafka to batches. A consumer passes on runs of records as one ({@code CoalescingConsumer}
 * and its pieces: {@code Coalescer}, {@code EndOffsets}, {@code ClockFeeder}, {@code
 * RemotePartitions}), and a deserializer makes a batch of each run.
 */
@NullMarked
package coarsen.pipeline.read;

import org.jspecify.annotations.NullMarked;
