package coarsen.testbed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import coarsen.records.EventTime;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.jspecify.annotations.Nullable;

/**
 * The sequence of generated messages: readings and the faults among them. A seed gives the same
 * values with or without faults.
 *
 * <p>Messages go to one partition after the other, or, if there are several devices, to the
 * partition that Kafka's default partitioner chooses by the key, so that a device stays in one.
 *
 * <p>The first 100 messages, and the first of each partition, have no fault. A reading is late only
 * relative to earlier ones of its partition: the first of a partition would not be late however far
 * its event time was moved back.
 */
final class SyntheticReadings {
  private static final double MICROS_PER_SECOND = 1e6;
  private static final int FAULTLESS = 100;
  private static final long FUTURE_MICROS = micros(Duration.ofDays(1));

  private final Shape.Values values;
  private final SplittableRandom draws;
  private final Faults faults;
  private final @Nullable EventTimes eventTimes;
  private final List<byte @Nullable []> malformed;
  private final @Nullable Devices devices;
  private final int partitions;
  private final BitSet begun = new BitSet();
  private final long disorderMicros;
  private final long lateByMicros;
  private long index;
  private long firstMicros;
  private long maxNowMicros = Long.MIN_VALUE;

  /**
   * A message to send.
   *
   * @param key the name of the device; null if there is only one
   * @param value the Kafka record's value; null for a tombstone
   */
  @SuppressWarnings("ArrayRecordComponent") // The producer takes arrays; nobody compares messages.
  record Message(ReadingKind kind, int partition, byte @Nullable [] key, byte @Nullable [] value) {}

  SyntheticReadings(GeneratorSettings.Content content, int partitions) {
    var random = new SplittableRandom(content.seed());
    this.draws = random.split();
    boolean single = content.series() == 1;
    this.devices = single ? null : new Devices(content.series(), random.split());
    this.values = content.shape().values(content.series(), random);
    this.malformed = single ? MalformedMessages.ALWAYS : MalformedMessages.WITH_DEVICES;
    this.partitions = partitions;
    this.faults = content.faults();
    this.eventTimes = content.eventTimes();
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
    double seconds = (eventTime - firstMicros) / MICROS_PER_SECOND;
    if (devices == null) {
      String fields = ",\"value\":" + values.next(0, seconds);
      return message((int) (index % partitions), null, eventTime, nowMicros, fields);
    }
    int number = devices.next(each -> values.isSilent(each, seconds));
    String name = devices.name(number);
    byte[] key = name.getBytes(ISO_8859_1);
    String fields = ",\"device\":\"" + name + "\",\"value\":" + values.next(number, seconds);
    int partition = BuiltInPartitioner.partitionForKey(key, partitions);
    return message(partition, key, eventTime, nowMicros, fields);
  }

  private Message message(
      int partition, byte @Nullable [] key, long eventTime, long nowMicros, String fields) {
    boolean faultless = index < FAULTLESS || !begun.get(partition);
    ReadingKind kind = faultless ? ReadingKind.IN_ORDER : faults.pick(draws.nextDouble());
    begun.set(partition);
    index++;
    byte[] value =
        switch (kind) {
          case IN_ORDER -> reading(eventTime, fields);
          case OUT_OF_ORDER -> reading(eventTime - 1 - draws.nextLong(disorderMicros), fields);
          case LATE -> reading(eventTime - lateByMicros, fields);
          case MALFORMED -> malformed.get(draws.nextInt(malformed.size()));
          case FUTURE -> reading(nowMicros + FUTURE_MICROS, fields);
        };
    return new Message(kind, partition, key, value);
  }

  private static byte[] reading(long eventTime, String fields) {
    return ("{\"ts\":\"" + EventTime.format(eventTime) + "\"" + fields + "}").getBytes(ISO_8859_1);
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }
}
