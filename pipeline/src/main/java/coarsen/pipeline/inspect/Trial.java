package coarsen.pipeline.inspect;

import coarsen.pipeline.batch.ReadingBatch;
import coarsen.pipeline.batch.RejectedMessage;
import coarsen.pipeline.format.InputFormat;
import coarsen.pipeline.read.TrialRead;
import coarsen.pipeline.time.EventTimeRules;
import coarsen.records.EventTime;
import coarsen.records.RejectReason;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** What a run makes of the messages of a sample, found by its own code. */
public final class Trial {
  /**
   * Messages that are rejected for one reason.
   *
   * @param partition of the first of them
   * @param first the first of them
   */
  record Rejects(int count, int partition, RejectedMessage first) {}

  private final int messages;
  private final Map<RejectReason, Rejects> rejects = new EnumMap<>(RejectReason.class);
  private final LongStream.Builder behindMax = LongStream.builder();
  private final LongStream.Builder behindKafka = LongStream.builder();
  private final long[] disorder;
  private final long[] delays;
  private final SeriesCounts series = new SeriesCounts();
  private int readings;
  private int untimed;
  private long earliest = Long.MAX_VALUE;
  private long latest = Long.MIN_VALUE;

  private Trial(TopicSample sample, List<ReadingBatch> batches, long now) {
    messages = sample.size();
    Map<Integer, Long> max = new HashMap<>();
    for (ReadingBatch batch : batches) {
      long before = max.getOrDefault(batch.partition(), Long.MIN_VALUE);
      max.put(batch.partition(), add(batch, before, kafkaMillis(sample, batch), now));
    }
    disorder = behindMax.build().sorted().toArray();
    delays = behindKafka.build().sorted().toArray();
  }

  /** Reads a sample. */
  public static Trial of(
      TopicSample sample, InputFormat format, EventTimeRules rules, InstantSource now) {
    return new Trial(
        sample,
        TrialRead.read(sample.messages(), format, rules, now),
        EventTime.ofInstant(now.instant()));
  }

  private static Map<Long, Long> kafkaMillis(TopicSample sample, ReadingBatch batch) {
    Map<Long, Long> byOffset = new HashMap<>();
    sample
        .messages()
        .getOrDefault(batch.partition(), List.of())
        .forEach(message -> byOffset.put(message.offset(), message.timestamp()));
    return byOffset;
  }

  /** Adds a batch; returns the greatest event time of its partition so far. */
  private long add(ReadingBatch batch, long maxBefore, Map<Long, Long> kafkaMillis, long now) {
    long max = maxBefore;
    for (int i = 0; i < batch.size(); i++) {
      long ts = batch.tsMicros(i);
      if (ts < max) {
        behindMax.add(max - ts);
      }
      max = Math.max(max, ts);
      earliest = Math.min(earliest, ts);
      latest = Math.max(latest, ts);
      long millis = kafkaMillis.getOrDefault(batch.offset(i), 0L);
      if (EventTimeRules.isPlausible(millis, now)) {
        behindKafka.add(millis * 1_000 - ts);
      } else {
        untimed++;
      }
    }
    readings += batch.size();
    series.add(batch);
    for (RejectedMessage reject : batch.rejects()) {
      rejects.merge(
          reject.reason(),
          new Rejects(1, batch.partition(), reject),
          (all, one) -> new Rejects(all.count() + 1, all.partition(), all.first()));
    }
    return max;
  }

  /** How many messages were read. */
  public int messages() {
    return messages;
  }

  /** How many readings they have. */
  public int readings() {
    return readings;
  }

  /** How many readings each series has. */
  SeriesCounts series() {
    return series;
  }

  /** The rejected messages by reason. */
  Map<RejectReason, Rejects> rejects() {
    return rejects;
  }

  /** How many messages are rejected. */
  public int rejected() {
    return rejects.values().stream().mapToInt(Rejects::count).sum();
  }

  /** How many are rejected for one reason. */
  int rejected(RejectReason reason) {
    Rejects its = rejects.get(reason);
    return its == null ? 0 : its.count();
  }

  /** Whether most messages are rejected as from the future. */
  boolean isMostlyFuture() {
    return 2 * rejected(RejectReason.FROM_THE_FUTURE) > messages;
  }

  /** Whether messages hold several readings, or parts that are none. */
  boolean isOfSeveral() {
    return readings + rejected() > messages;
  }

  /** Whether no message is a reading, of some. */
  public boolean isHopeless() {
    return messages > 0 && readings == 0;
  }

  /** The earliest event time, microseconds since 1970. */
  long earliest() {
    return earliest;
  }

  /** The latest event time, microseconds since 1970. */
  long latest() {
    return latest;
  }

  /** How many readings come behind the greatest event time of their partition so far. */
  int outOfOrder() {
    return disorder.length;
  }

  /** How far a share of those is behind, in microseconds; 1 for the farthest. */
  long disorder(double share) {
    return quantile(disorder, share);
  }

  /** How far all readings are behind but for one in a hundred, in microseconds. */
  long usualDisorder() {
    int left = readings / 100;
    return left >= disorder.length ? 0 : disorder[disorder.length - 1 - left];
  }

  /** How many readings have a Kafka timestamp that can be true. */
  int timed() {
    return delays.length;
  }

  /** How many have none. */
  int untimed() {
    return untimed;
  }

  /** How far a share of event times is behind the Kafka timestamp at most, in microseconds. */
  long delay(double share) {
    return quantile(delays, share);
  }

  private static long quantile(long[] sorted, double share) {
    return sorted.length == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }
}
