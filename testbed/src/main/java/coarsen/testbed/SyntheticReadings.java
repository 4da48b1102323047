package coarsen.testbed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import coarsen.records.EventTime;
import java.time.Duration;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The sequence of generated messages: readings and the faults among them. A seed gives the same
 * values with or without faults.
 *
 * <p>The first 100 messages, or one in each partition if that is more, have no fault. A reading is
 * late only relative to earlier ones of its partition: the first of a partition would not be late
 * however far its event time was moved back.
 */
final class SyntheticReadings {
  private static final double MICROS_PER_SECOND = 1e6;
  private static final int MIN_FAULTLESS = 100;
  private static final long FUTURE_MICROS = micros(Duration.ofDays(1));

  private final Shape.Values values;
  private final SplittableRandom draws;
  private final Faults faults;
  private final @Nullable EventTimes eventTimes;
  private final int faultless;
  private final long disorderMicros;
  private final long lateByMicros;
  private long index;
  private long firstMicros;
  private long maxNowMicros = Long.MIN_VALUE;

  /**
   * A message to send.
   *
   * @param value the Kafka record's value; null for a tombstone
   */
  @SuppressWarnings("ArrayRecordComponent") // The producer takes arrays; nobody compares messages.
  record Message(ReadingKind kind, byte @Nullable [] value) {}

  SyntheticReadings(GeneratorSettings.Content content, int partitions) {
    var random = new SplittableRandom(content.seed());
    this.draws = random.split();
    this.values = content.shape().values(random);
    this.faults = content.faults();
    this.eventTimes = content.eventTimes();
    this.faultless = Math.max(MIN_FAULTLESS, partitions);
    this.disorderMicros = micros(faults.disorder());
    this.lateByMicros = micros(faults.lateBy());
  }

  /**
   * The next message.
   *
   * @param nowMicros the time of its Kafka record, microseconds since 1970
   */
  Message next(long nowMicros) {
    // If the clock is set back, readings must stay in order: they are counted as in order.
    maxNowMicros = Math.max(maxNowMicros, nowMicros);
    long eventTime = eventTimes == null ? maxNowMicros : eventTimes.micros(index);
    if (index == 0) {
      firstMicros = eventTime;
    }
    String value = values.next((eventTime - firstMicros) / MICROS_PER_SECOND);
    ReadingKind kind = index < faultless ? ReadingKind.IN_ORDER : faults.pick(draws.nextDouble());
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

  private static byte[] reading(long eventTime, String value) {
    return ("{\"ts\":\"" + EventTime.format(eventTime) + "\",\"value\":" + value + "}")
        .getBytes(ISO_8859_1);
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }
}
