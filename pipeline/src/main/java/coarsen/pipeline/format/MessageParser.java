package coarsen.pipeline.format;

import coarsen.records.RejectReason;
import org.jspecify.annotations.Nullable;

/**
 * Reads one message as a reading. Total: whatever the bytes, it finds a reading or the reason why
 * the message is not one; it never throws and never guesses. For one thread; it holds the last
 * result, so that a reading costs no object.
 */
public interface MessageParser {
  /**
   * Reads a message that has a value.
   *
   * @return null if it is a reading, which {@link #tsMicros} and {@link #value} then give; else why
   *     it is not one, with {@link #detail}
   */
  @Nullable RejectReason parse(Message message);

  /** Event time of the last reading, microseconds since 1970, in years 1 to 9999. */
  long tsMicros();

  /** Value of the last reading, finite. */
  double value();

  /**
   * Whether the event time of the last reading was a local time that its zone has twice, in the
   * hour that a clock repeats in autumn, so that the earlier was taken.
   */
  default boolean isTimeRepeated() {
    return false;
  }

  /** Whether event times are the messages' Kafka timestamps, which then must be true. */
  default boolean takesKafkaTime() {
    return false;
  }

  /** What is wrong with the last message, for people; it never repeats what the message holds. */
  String detail();
}
