package coarsen.pipeline.read;

import coarsen.pipeline.batch.ReadingBatch;
import coarsen.pipeline.batch.RejectedMessage;
import coarsen.pipeline.format.MessageParser;
import coarsen.pipeline.scope.Drain;
import coarsen.pipeline.scope.RunScope;
import coarsen.pipeline.status.ReadMetrics;
import coarsen.pipeline.time.EventTimeRules;
import coarsen.pipeline.time.Judge;
import coarsen.pipeline.time.PartitionClock;
import coarsen.pipeline.time.PartitionClocks;
import coarsen.pipeline.time.WindowAssigner;
import coarsen.records.EventTime;
import coarsen.records.Payload;
import coarsen.records.RejectReason;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a frame into a batch. It never throws on what is in the messages: KafkaIO's reader would
 * come back to the same offset for ever.
 */
final class BatchDeserializer implements Deserializer<ReadingBatch> {
  private static final Logger LOG = LoggerFactory.getLogger(BatchDeserializer.class);

  private final PartitionClocks clocks;
  private final Drain drain;
  private final InputWarnings warnings;
  private final MessageParser parser;
  private final InstantSource now;
  private final EventTimeRules rules;
  private final WindowAssigner windows;

  // Of the batch that is being read. Records that follow one another often have the same Kafka
  // timestamp, so what follows from it is kept.
  private boolean isKafkaTimeKept;
  private long lastKafkaMillis;
  private long kafkaTime;
  private long latestEventTime;
  private long implausibleTimestamps;
  private long implausibleMillis;
  private long latestKafkaTime;

  BatchDeserializer(ReadPlan plan, InstantSource now) {
    clocks = plan.clocks();
    RunScope scope = RunScope.of(plan.jobId());
    drain = Drain.in(scope);
    warnings =
        scope.part(InputWarnings.class, () -> new InputWarnings(System::nanoTime, LOG::warn));
    parser = plan.format().parser();
    this.now = now;
    rules = plan.rules();
    windows = rules.windows();
  }

  @Override
  public ReadingBatch deserialize(String topic, byte[] bytes) {
    BatchFrame frame = BatchFrame.open(bytes);
    PartitionClock clock = clocks.partition(frame.partition());
    Judge judge = clock.judge();
    long nowMicros = EventTime.ofInstant(now.instant());
    var batch =
        new ReadingBatch.Builder(
                frame.partition(), orNone(judge.maxEventTimeBefore()), frame.count())
            .seenMaxBefore(orNone(judge.seenMaxBefore()));
    Map<RejectReason, Long> rejected = new EnumMap<>(RejectReason.class);
    isKafkaTimeKept = false;
    implausibleTimestamps = 0;
    latestKafkaTime = Long.MIN_VALUE;
    while (frame.next()) {
      RejectReason reason = read(frame, judge, nowMicros, batch);
      if (reason != null) {
        rejected.merge(reason, 1L, Long::sum);
        batch.reject(new RejectedMessage(frame.offset(), reason, detail(reason), payload(frame)));
      }
    }
    drain.read();
    clock.readTo(frame.offset() + 1, judge);
    ReadingBatch built = batch.build();
    warn(frame, built, nowMicros, rejected);
    return built;
  }

  private static long orNone(long eventTime) {
    return eventTime == PartitionClock.NEVER ? Long.MIN_VALUE : eventTime;
  }

  private @Nullable RejectReason read(
      BatchFrame frame, Judge judge, long nowMicros, ReadingBatch.Builder batch) {
    if (!frame.hasValue()) {
      return RejectReason.NO_VALUE;
    }
    RejectReason reason = parser.parse(frame);
    if (reason != null) {
      return reason;
    }
    long ts = parser.tsMicros();
    if (!windows.isWritable(ts)) {
      return RejectReason.OUT_OF_RANGE;
    }
    if (!isKafkaTimeKept || frame.kafkaMillis() != lastKafkaMillis) {
      takeKafkaTime(frame.kafkaMillis(), nowMicros);
    }
    if (!isKafkaTimeKept && parser.takesKafkaTime()) {
      return RejectReason.BAD_TIMESTAMP;
    }
    if (ts > latestEventTime) {
      return RejectReason.FROM_THE_FUTURE;
    }
    batch.add(ts, parser.value(), frame.offset(), judge.isLate(ts, kafkaTime));
    if (parser.isTimeRepeated()) {
      batch.addRepeatedTimes(1);
    }
    return null;
  }

  private void warn(
      BatchFrame frame, ReadingBatch batch, long nowMicros, Map<RejectReason, Long> rejected) {
    long factor = UnitCheck.factor(batch, latestKafkaTime);
    if (factor > 0) {
      ReadMetrics.shortUnit(batch.size());
      warnings.unitTooShort(
          frame.partition(), batch.size(), batch.tsMicros(0), latestKafkaTime, factor);
    }
    warnings.read(frame.count(), rejected);
    if (implausibleTimestamps > 0) {
      ReadMetrics.implausibleTimestamps(implausibleTimestamps);
      warnings.implausibleTimestamp(frame.partition(), implausibleMillis);
    }
    if (rules.isFromTheFuture(latestKafkaTime, nowMicros, nowMicros)) {
      warnings.clockBehind(frame.partition(), latestKafkaTime, nowMicros);
    }
  }

  /** Keeps a record's Kafka timestamp in microseconds; without one that can be true, now. */
  private void takeKafkaTime(long millis, long nowMicros) {
    isKafkaTimeKept = EventTimeRules.isPlausible(millis, nowMicros);
    if (isKafkaTimeKept) {
      lastKafkaMillis = millis;
      kafkaTime = millis * 1_000;
      latestKafkaTime = Math.max(latestKafkaTime, kafkaTime);
    } else {
      kafkaTime = nowMicros;
      if (millis != ConsumerRecord.NO_TIMESTAMP) {
        implausibleTimestamps++;
        implausibleMillis = millis;
      }
    }
    latestEventTime = rules.latestEventTime(kafkaTime, nowMicros);
    kafkaTime = rules.latestCountedTime(kafkaTime, nowMicros);
  }

  private String detail(RejectReason reason) {
    return switch (reason) {
      case NO_VALUE -> "the message has no value";
      case FROM_THE_FUTURE ->
          "event time " + EventTime.format(parser.tsMicros()) + " is too far ahead";
      case OUT_OF_RANGE ->
          parser.detail().isEmpty() ? "its window is not in years 1 to 9999" : parser.detail();
      case BAD_TIMESTAMP ->
          parser.detail().isEmpty()
              ? "its Kafka timestamp is not within ten years of now (--timestampField=@kafka)"
              : parser.detail();
      default -> parser.detail();
    };
  }

  private static @Nullable Payload payload(BatchFrame frame) {
    return frame.hasValue() ? Payload.of(frame.bytes(), frame.start(), frame.length()) : null;
  }
}
