package coarsen.pipeline.read;

import coarsen.pipeline.batch.ReadingBatch;
import coarsen.pipeline.format.MessageParser;
import coarsen.pipeline.scope.Drain;
import coarsen.pipeline.scope.RunScope;
import coarsen.pipeline.time.EventTimeRules;
import coarsen.pipeline.time.PartitionClock;
import coarsen.pipeline.time.PartitionClocks;
import coarsen.pipeline.time.WindowAssigner;
import coarsen.records.EventTime;
import coarsen.records.Payload;
import coarsen.records.RejectReason;
import java.time.InstantSource;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Turns a frame into a batch. It never throws on what is in the messages: KafkaIO's reader would
 * come back to the same offset for ever.
 */
final class BatchDeserializer implements Deserializer<ReadingBatch> {
  private final PartitionClocks clocks;
  private final Drain drain;
  private final MessageParser parser;
  private final InstantSource now;
  private final EventTimeRules rules;
  private final WindowAssigner windows;

  BatchDeserializer(ReadPlan plan, InstantSource now) {
    clocks = plan.clocks();
    drain = Drain.in(RunScope.of(plan.jobId()));
    parser = plan.format().parser();
    this.now = now;
    rules = plan.rules();
    windows = rules.windows();
  }

  @Override
  public ReadingBatch deserialize(String topic, byte[] bytes) {
    BatchFrame frame = BatchFrame.open(bytes);
    PartitionClock clock = clocks.partition(frame.partition());
    PartitionClock.Judge judge = clock.judge();
    long nowMicros = EventTime.ofInstant(now.instant());
    long before = judge.maxEventTimeBefore();
    var batch =
        new ReadingBatch.Builder(
            frame.partition(),
            before == PartitionClock.NEVER ? Long.MIN_VALUE : before,
            frame.count());
    while (frame.next()) {
      RejectReason reason = read(frame, judge, nowMicros, batch);
      if (reason != null) {
        batch.reject(
            new ReadingBatch.RejectedMessage(
                frame.offset(), reason, detail(reason), payload(frame)));
      }
    }
    drain.read();
    clock.readTo(frame.offset() + 1, judge);
    return batch.build();
  }

  private @Nullable RejectReason read(
      BatchFrame frame, PartitionClock.Judge judge, long nowMicros, ReadingBatch.Builder batch) {
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
    long kafkaTime = frame.kafkaMillis() < 0 ? nowMicros : frame.kafkaMillis() * 1_000;
    if (rules.isFromTheFuture(ts, kafkaTime, nowMicros)) {
      return RejectReason.FROM_THE_FUTURE;
    }
    batch.add(ts, parser.value(), frame.offset(), judge.isLate(ts, kafkaTime));
    if (parser.isTimeRepeated()) {
      batch.addRepeatedTimes(1);
    }
    return null;
  }

  private String detail(RejectReason reason) {
    return switch (reason) {
      case NO_VALUE -> "the message has no value";
      case FROM_THE_FUTURE ->
          "event time " + EventTime.format(parser.tsMicros()) + " is too far ahead";
      case OUT_OF_RANGE ->
          parser.detail().isEmpty() ? "its window is not in years 1 to 9999" : parser.detail();
      default -> parser.detail();
    };
  }

  private static @Nullable Payload payload(BatchFrame frame) {
    return frame.hasValue() ? Payload.of(frame.bytes(), frame.start(), frame.length()) : null;
  }
}
