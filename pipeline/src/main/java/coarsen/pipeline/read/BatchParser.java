package coarsen.pipeline.read;

import coarsen.pipeline.batch.ReadingBatch;
import coarsen.pipeline.batch.RejectedMessage;
import coarsen.pipeline.format.Message;
import coarsen.pipeline.format.MessageParser;
import coarsen.pipeline.format.ParsedMessage;
import coarsen.pipeline.format.SeriesFields;
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
import coarsen.records.Series;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parses a frame, and judges what it holds. It never throws on what is in the messages: KafkaIO's
 * reader would come back to the same offset for ever.
 */
final class BatchParser {
  private static final Logger LOG = LoggerFactory.getLogger(BatchParser.class);

  private final PartitionClocks clocks;
  private final Drain drain;
  private final InputWarnings warnings;
  private final MessageParser parser;
  private final int maxSeries;
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
  private long notNumbers;
  private long notChosen;
  private final Map<RejectReason, Long> rejected = new EnumMap<>(RejectReason.class);

  // Of the message that is being read.
  private boolean isPayloadKept;

  BatchParser(ReadPlan plan, InstantSource now) {
    clocks = plan.clocks();
    RunScope scope = RunScope.of(plan.jobId());
    drain = Drain.in(scope);
    warnings =
        scope.part(InputWarnings.class, () -> new InputWarnings(System::nanoTime, LOG::warn));
    parser = plan.format().parser();
    SeriesFields series = plan.format().series();
    maxSeries = series == null ? 0 : series.max();
    this.now = now;
    rules = plan.rules();
    windows = rules.windows();
  }

  /** The batch of a frame that was opened. */
  ReadingBatch parse(BatchFrame frame) {
    PartitionClock clock = clocks.partition(frame.partition());
    Judge judge = clock.judge();
    long nowMicros = EventTime.ofInstant(now.instant());
    var batch =
        new ReadingBatch.Builder(
                frame.partition(), orNone(judge.maxEventTimeBefore()), frame.count())
            .seenMaxBefore(orNone(judge.seenMaxBefore()));
    rejected.clear();
    isKafkaTimeKept = false;
    implausibleTimestamps = 0;
    latestKafkaTime = Long.MIN_VALUE;
    notNumbers = 0;
    notChosen = 0;
    while (frame.next()) {
      if (frame.hasValue()) {
        read(frame, judge, nowMicros, batch);
      } else {
        reject(frame, 0, RejectReason.NO_VALUE, "the message has no value", batch);
      }
    }
    drain.read();
    clock.readTo(frame.offset() + 1, judge);
    ReadingBatch built = batch.build();
    ReadMetrics.fieldsNotRead(notNumbers, notChosen);
    warn(frame, built, nowMicros);
    return built;
  }

  private static long orNone(long eventTime) {
    return eventTime == PartitionClock.NEVER ? Long.MIN_VALUE : eventTime;
  }

  /** Reads one message. The first of its parts that is not a reading takes its bytes along. */
  private void read(BatchFrame frame, Judge judge, long nowMicros, ReadingBatch.Builder batch) {
    ParsedMessage message = parser.parse(frame);
    isPayloadKept = false;
    notNumbers += message.notNumbers();
    notChosen += message.notChosen();
    for (int i = 0; i < message.size(); i++) {
      RejectReason reason = message.reason(i);
      if (reason == null) {
        reason = check(frame, message, i, nowMicros);
      }
      if (reason != null) {
        reject(frame, message.index(i), reason, detail(message, i, reason), batch);
        continue;
      }
      long ts = message.tsMicros(i);
      boolean isLate = judge.isLate(ts, kafkaTime);
      Series series = message.series(i);
      if (series != null && !judge.knows(series, maxSeries)) {
        reason = RejectReason.TOO_MANY_SERIES;
        reject(frame, message.index(i), reason, detail(message, i, reason), batch);
        continue;
      }
      batch.add(ts, message.value(i), frame.offset(), message.index(i), isLate);
      if (series != null) {
        batch.series(series);
      }
      if (message.isTimeRepeated(i)) {
        batch.addRepeatedTimes(1);
      }
    }
  }

  /** Why a run does not take a reading of the current message; null if it does. */
  private @Nullable RejectReason check(
      BatchFrame frame, ParsedMessage message, int i, long nowMicros) {
    long ts = message.tsMicros(i);
    if (!windows.isWritable(ts)) {
      return RejectReason.OUT_OF_RANGE;
    }
    if (!isKafkaTimeKept || frame.kafkaMillis() != lastKafkaMillis) {
      takeKafkaTime(frame.kafkaMillis(), nowMicros);
    }
    if (!isKafkaTimeKept && message.isKafkaTime(i)) {
      return RejectReason.BAD_TIMESTAMP;
    }
    return ts > latestEventTime ? RejectReason.FROM_THE_FUTURE : null;
  }

  private String detail(ParsedMessage message, int i, RejectReason reason) {
    if (message.reason(i) != null) {
      return message.detail(i);
    }
    return switch (reason) {
      case OUT_OF_RANGE -> "its window is not in years 1 to 9999";
      case BAD_TIMESTAMP ->
          "its Kafka timestamp is not within ten years of now, and it has no other";
      case TOO_MANY_SERIES -> "the partition has " + maxSeries + " series without this one";
      default -> "event time " + EventTime.format(message.tsMicros(i)) + " is too far ahead";
    };
  }

  private void reject(
      BatchFrame frame, int index, RejectReason reason, String detail, ReadingBatch.Builder batch) {
    rejected.merge(reason, 1L, Long::sum);
    Payload payload =
        isPayloadKept || !frame.hasValue()
            ? null
            : Payload.of(frame.bytes(), frame.start(), frame.length());
    isPayloadKept = true;
    batch.reject(new RejectedMessage(frame.offset(), index, reason, detail, payload));
  }

  private void warn(BatchFrame frame, ReadingBatch batch, long nowMicros) {
    long factor = UnitCheck.factor(batch, latestKafkaTime);
    if (factor > 0) {
      ReadMetrics.shortUnit(batch.size());
      warnings.unitTooShort(
          frame.partition(), batch.size(), batch.tsMicros(0), latestKafkaTime, factor);
    }
    warnings.read(batch.size() + batch.rejects().size(), rejected);
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
      if (millis != Message.NO_TIMESTAMP) {
        implausibleTimestamps++;
        implausibleMillis = millis;
      }
    }
    latestEventTime = rules.latestEventTime(kafkaTime, nowMicros);
    kafkaTime = rules.latestCountedTime(kafkaTime, nowMicros);
  }
}
