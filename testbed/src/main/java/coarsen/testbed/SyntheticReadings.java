package coarsen.testbed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import coarsen.records.EventTime;
import java.time.Duration;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The sequence of generated messages: readings with values drawn evenly from the integers 0 to 99,
 * and the faults among them. A seed makes the same values with or without faults.
 *
 * <p>The first messages, 100 and at least one a partition, have no fault. A reading is late only in
 * comparison with what its partition had before, and a reading that were the first of its partition
 * would not be late however far its event time was moved back.
 */
final class SyntheticReadings {
  private static final int VALUES = 100;
  private static final int AT_LEAST_SPARED = 100;
  private static final long FUTURE_MICROS = micros(Duration.ofDays(1));

  private final SplittableRandom values;
  private final SplittableRandom draws;
  private final Faults faults;
  private final @Nullable EventTimes eventTimes;
  private final int spared;
  private final long disorderMicros;
  private final long lateByMicros;
  private long index;
  private long greatestNow = Long.MIN_VALUE;

  /**
   * A message to send.
   *
   * @param value what the Kafka record holds; null for a tombstone
   */
  @SuppressWarnings("ArrayRecordComponent") // The producer takes arrays; nobody compares messages.
  record Message(ReadingKind kind, byte @Nullable [] value) {}

  SyntheticReadings(long seed, Faults faults, @Nullable EventTimes eventTimes, int partitions) {
    this.values = new SplittableRandom(seed);
    this.draws = values.split();
    this.faults = faults;
    this.eventTimes = eventTimes;
    this.spared = Math.max(AT_LEAST_SPARED, partitions);
    this.disorderMicros = micros(faults.disorder());
    this.lateByMicros = micros(faults.lateBy());
  }

  /**
   * The next message.
   *
   * @param nowMicros the time of its Kafka record, microseconds since 1970
   */
  Message next(long nowMicros) {
    // A clock that is set back would make readings out of order that are counted as in order.
    greatestNow = Math.max(greatestNow, nowMicros);
    long eventTime = eventTimes == null ? greatestNow : eventTimes.micros(index);
    int value = values.nextInt(VALUES);
    ReadingKind kind = index < spared ? ReadingKind.IN_ORDER : faults.pick(draws.nextDouble());
    index++;
    return new Message(
        kind,
        switch (kind) {
          case IN_ORDER -> reading(eventTime, value);
          case OUT_OF_ORDER -> reading(eventTime - 1 - draws.nextLong(disorderMicros), value);
          case LATE -> reading(eventTime - lateByMicros, value);
          case MALFORMED -> MalformedMessages.get(draws.nextInt(MalformedMessages.count()));
          case FUTURE -> reading(nowMicros + FUTURE_MICROS, value);
        });
  }

  private static byte[] reading(long eventTime, int value) {
    return ("{\"ts\":\"" + EventTime.format(eventTime) + "\",\"value\":" + value + "}")
        .getBytes(ISO_8859_1);
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }
}
