package coarsen.viewer.verify;

import org.jspecify.annotations.Nullable;

/**
 * A message of the source topic.
 *
 * @param partition where in the topic
 * @param offset where in the partition
 * @param kafkaMillis its Kafka timestamp, milliseconds since 1970; negative if it has none
 * @param key null if it has none
 * @param value null if it has none
 */
@SuppressWarnings("ArrayRecordComponent") // Messages are never compared or hashed.
public record SourceMessage(
    int partition, long offset, long kafkaMillis, byte @Nullable [] key, byte @Nullable [] value) {
  private static final long MICROS_PER_MILLI = 1_000;

  /** A message without a key. */
  SourceMessage(int partition, long offset, long kafkaMillis, byte @Nullable [] value) {
    this(partition, offset, kafkaMillis, null, value);
  }

  /** Whether the timestamp can be true: after 1970 and not in the future. */
  boolean hasPossibleTime(long nowMillis) {
    return kafkaMillis > 0 && kafkaMillis <= nowMillis;
  }

  /** The timestamp in microseconds; only where it {@linkplain #hasPossibleTime can be true}. */
  long kafkaMicros() {
    return kafkaMillis * MICROS_PER_MILLI;
  }
}
