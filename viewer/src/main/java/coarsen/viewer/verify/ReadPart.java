package coarsen.viewer.verify;

import coarsen.records.EventTime;
import coarsen.records.RejectReason;
import coarsen.records.Series;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A reading that a message holds, or what should be one.
 *
 * @param index its place in the message, from 0
 * @param tsMicros event time; 0 if there are faults
 * @param value finite; 0 if there are faults
 * @param faults why it is not a reading, in no order; empty if it is one
 * @param certain whether nothing else can be right
 * @param series null if it has none, or if there are faults
 */
record ReadPart(
    int index,
    long tsMicros,
    double value,
    Set<RejectReason> faults,
    boolean certain,
    @Nullable Series series) {
  /** A Kafka timestamp that is not farther from now a run has believed, whenever it was. */
  private static final long BELIEVED_MILLIS = Duration.ofDays(3650 - 300).toMillis();

  static ReadPart reading(int index, long tsMicros, double value, boolean certain) {
    return new ReadPart(index, tsMicros, value, Set.of(), certain, null);
  }

  static ReadPart rejected(int index, Set<RejectReason> faults, boolean certain) {
    return new ReadPart(index, 0, 0, faults, certain, null);
  }

  /**
   * The Kafka timestamp of a message, as the time of a reading without an index and value.
   *
   * @param nowMillis decides whether a run has believed it for certain
   */
  static ReadPart kafkaTime(SourceMessage message, long nowMillis) {
    long millis = message.kafkaMillis();
    if (millis <= 0 || millis > EventTime.MAX_MICROS / 1_000) {
      return ReadPart.rejected(0, Set.of(RejectReason.BAD_TIMESTAMP), true);
    }
    boolean isBelieved = Math.abs(millis - nowMillis) <= BELIEVED_MILLIS;
    return ReadPart.reading(0, message.kafkaMicros(), 0, isBelieved);
  }

  /** The same reading, of a series. */
  ReadPart of(@Nullable Series other) {
    return new ReadPart(index, tsMicros, value, faults, certain, other);
  }

  boolean isReading() {
    return faults.isEmpty();
  }
}
