package coarsen.pipeline.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.kafka.KafkaClients;
import coarsen.pipeline.batch.DisorderSteps;
import coarsen.pipeline.batch.ReadingBatch;
import coarsen.pipeline.batch.ReadingBatchCoder;
import coarsen.pipeline.batch.RejectedMessage;
import coarsen.pipeline.format.JsonFormat;
import coarsen.pipeline.scope.RunScope;
import coarsen.pipeline.time.EventTimeRules;
import coarsen.pipeline.time.PartitionClock;
import coarsen.records.EventTime;
import coarsen.records.Payload;
import coarsen.records.RejectReason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchDeserializerTest {
  private static final Instant NOW = Instant.parse("2021-01-23T12:00:00Z");
  private static final EventTimeRules RULES =
      EventTimeRules.DEFAULT.withAllowedLateness(Duration.ofSeconds(10));

  private final ReadPlan plan = plan(RULES);

  private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
  private final List<String> warned = new ArrayList<>();

  private static ReadPlan plan(EventTimeRules rules) {
    return plan("ts", rules);
  }

  private static ReadPlan plan(String timestampField, EventTimeRules rules) {
    return new ReadPlan(
        UUID.randomUUID().toString(),
        new SourceTopic(
            new KafkaClients("127.0.0.1:1"), "readings", new TreeMap<>(), new TreeMap<>()),
        new JsonFormat(timestampField, "value", ZoneId.of("Europe/Berlin"), TimeUnit.MILLISECONDS),
        rules,
        100,
        PartitionGrouping.TOGETHER);
  }

  @BeforeEach
  void collectWarnings() {
    RunScope.of(plan.jobId())
        .part(InputWarnings.class, () -> new InputWarnings(() -> 0, warned::add));
  }

  @AfterEach
  void forget() {
    RunScope.end(plan.jobId());
  }

  private void record(long offset, @Nullable String value) {
    records.add(Records.record(3, offset, NOW.toEpochMilli(), value));
  }

  private ReadingBatch deserialize() {
    return deserialize(plan);
  }

  private ReadingBatch deserialize(ReadPlan its) {
    ConsumerRecord<byte[], byte[]> framed =
        new Coalescer(100, Coalescer.MAX_BYTES, false).coalesce(records).get(0);
    assertEquals(records.get(records.size() - 1).offset(), framed.offset());
    assertEquals(3, framed.partition());
    records.clear();
    var deserializer = new BatchDeserializer(its, InstantSource.fixed(NOW));
    return deserializer.deserialize("readings", framed.value());
  }

  private static String reading(String time, Object value) {
    return "{\"ts\":\"2021-01-23T" + time + "Z\",\"value\":" + value + "}";
  }

  @Test
  void everyRecordIsAReadingOrARejectAndKeepsItsOffset() throws Exception {
    record(10, reading("11:59:58", 1));
    record(12, "nonsense");
    record(13, null);
    record(20, reading("11:59:59.5", 2.5));
    record(21, reading("12:01:01", 3));
    ReadingBatch batch = CoderUtils.clone(ReadingBatchCoder.of(), deserialize());
    assertEquals(3, batch.partition());
    assertEquals(2, batch.size());
    assertEquals(10, batch.offset(0));
    assertEquals(20, batch.offset(1));
    assertEquals(2.5, batch.value(1));
    assertEquals(EventTime.parse("2021-01-23T11:59:59.5Z"), batch.tsMicros(1));
    assertEquals(
        List.of(RejectReason.NOT_JSON, RejectReason.NO_VALUE, RejectReason.FROM_THE_FUTURE),
        batch.rejects().stream().map(RejectedMessage::reason).toList());
    Payload payload = batch.rejects().get(0).payload();
    assertNotNull(payload);
    assertArrayEquals("nonsense".getBytes(UTF_8), payload.bytes());
    assertNull(batch.rejects().get(1).payload());
    assertEquals(13, batch.rejects().get(1).offset());
  }

  @Test
  void ofALongRejectTheBatchHoldsTheBeginningTheLengthAndAHash() throws Exception {
    record(10, "x".repeat(1_000_000));
    ReadingBatch batch = CoderUtils.clone(ReadingBatchCoder.of(), deserialize());
    Payload payload = batch.rejects().get(0).payload();
    assertNotNull(payload);
    assertEquals(Payload.MAX_BYTES, payload.bytes().length);
    assertEquals(1_000_000, payload.fullLength());
    assertNotNull(payload.sha256());
  }

  @Test
  void readingsOfAnHourThatTheZoneRepeatsAreCounted() throws Exception {
    record(10, "{\"ts\":\"2020-10-25T01:59:59\",\"value\":1}");
    record(11, "{\"ts\":\"2020-10-25T02:00:00\",\"value\":1}");
    record(12, "{\"ts\":\"2020-10-25T02:00:00+01:00\",\"value\":1}");
    record(13, "{\"ts\":\"2020-10-25T02:59:59\",\"value\":1}");
    ReadingBatch batch = CoderUtils.clone(ReadingBatchCoder.of(), deserialize());
    assertEquals(4, batch.size());
    assertEquals(2, batch.repeatedTimes());
  }

  @Test
  void aReadingFromTheFutureMakesNothingLate() {
    record(0, reading("11:59:50", 1));
    record(1, reading("23:00:00", 1));
    record(2, reading("11:59:51", 1));
    ReadingBatch batch = deserialize();
    assertEquals(2, batch.size());
    assertEquals(0, batch.lateCount());
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1_611_403_200_000L, 1_611_410_400_000L}) // None; now; in 2 h.
  void withoutALimitNothingIsFromTheFutureAndNothingBecomesLateByIt(long kafkaMillis) {
    ReadPlan open = plan(RULES.withMaxFutureSkew(null));
    try {
      for (String time : List.of("11:59:58", "14:00:00", "11:59:46", "23:59:59")) {
        records.add(Records.record(3, records.size(), kafkaMillis, reading(time, 1)));
      }
      ReadingBatch batch = deserialize(open);
      assertEquals(List.of(), batch.rejects());
      assertEquals(4, batch.size());
      assertEquals(0, batch.lateCount());
      assertEquals(
          EventTime.parse("2021-01-23T11:59:58Z"),
          open.clocks().advance(3, EventTime.ofInstant(NOW)),
          "now − maxOutOfOrder");
    } finally {
      RunScope.end(open.jobId());
    }
  }

  @Test
  void theKafkaTimestampIsTheEventTimeIfAskedForAndMustBeOneThatCanBeTrue() {
    ReadPlan kafkaTime = plan(JsonFormat.KAFKA_TIME, RULES);
    try {
      long now = NOW.toEpochMilli();
      for (long millis : new long[] {now - 1, -1, 0, now / 1_000, now * 1_000, now + 61_000, now}) {
        records.add(Records.record(3, records.size(), millis, reading("11:00:00", 1)));
      }
      ReadingBatch batch = deserialize(kafkaTime);
      assertEquals(2, batch.size());
      assertEquals((now - 1) * 1_000, batch.tsMicros(0));
      assertEquals(now * 1_000, batch.tsMicros(1));
      assertEquals(
          List.of(
              RejectReason.BAD_TIMESTAMP,
              RejectReason.BAD_TIMESTAMP,
              RejectReason.BAD_TIMESTAMP,
              RejectReason.BAD_TIMESTAMP,
              RejectReason.FROM_THE_FUTURE),
          batch.rejects().stream().map(RejectedMessage::reason).toList());
      assertTrue(
          batch.rejects().stream()
              .limit(4)
              .allMatch(reject -> reject.detail().contains("Kafka timestamp")),
          batch.rejects()::toString);
    } finally {
      RunScope.end(kafkaTime.jobId());
    }
  }

  @Test
  void lateReadingsAreMarkedAcrossBatches() {
    record(0, reading("11:59:50", 1));
    assertEquals(Long.MIN_VALUE, deserialize().maxEventTimeBefore());
    record(1, reading("11:00:00", 1));
    record(2, reading("11:59:49", 1));
    ReadingBatch batch = deserialize();
    assertEquals(EventTime.parse("2021-01-23T11:59:50Z"), batch.maxEventTimeBefore());
    assertTrue(batch.late(0));
    assertEquals(1, batch.lateCount());
  }

  @Test
  void aReadingWhoseWindowCannotBeWrittenIsRejected() {
    record(0, "{\"ts\":\"9999-12-31T23:59:58Z\",\"value\":1}");
    assertEquals(RejectReason.OUT_OF_RANGE, deserialize().rejects().get(0).reason());
    record(1, "{\"ts\":\"0001-01-01T00:00:00Z\",\"value\":1}");
    assertEquals(1, deserialize().size());
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        -1,
        0,
        -5,
        1_611_403_200L, // Seconds.
        1_611_403_200_000_000L, // Microseconds.
        1_611_403_200_000_000_000L, // Nanoseconds.
        Long.MAX_VALUE,
        Long.MIN_VALUE
      })
  void aKafkaTimestampThatCannotBeCountsAsNone(long kafkaMillis) {
    records.add(Records.record(3, 0, kafkaMillis, reading("12:00:59", 1)));
    records.add(Records.record(3, 1, kafkaMillis, reading("12:01:01", 1)));
    records.add(Records.record(3, 2, kafkaMillis, reading("11:59:59", 1)));
    ReadingBatch batch = deserialize();
    assertEquals(2, batch.size());
    assertEquals(0, batch.lateCount());
    assertEquals(RejectReason.FROM_THE_FUTURE, batch.rejects().get(0).reason(), "of now + 61 s");
    if (kafkaMillis == ConsumerRecord.NO_TIMESTAMP) {
      assertEquals(List.of(), warned, "a message without a timestamp is common");
    } else {
      assertEquals(1, warned.size());
      assertTrue(
          warned
              .get(0)
              .startsWith(
                  "partition 3 has a message with the Kafka timestamp " + kafkaMillis + ","),
          warned::toString);
    }
  }

  @Test
  void aKafkaTimestampAheadOfThisMachinesClockIsWarnedOf() {
    records.add(Records.record(3, 0, NOW.plusSeconds(60).toEpochMilli(), reading("11:59:59", 1)));
    deserialize();
    assertEquals(List.of(), warned, "within maxFutureSkew");
    records.add(Records.record(3, 1, NOW.plusSeconds(61).toEpochMilli(), reading("11:59:59", 1)));
    deserialize();
    assertEquals(1, warned.size());
    assertTrue(
        warned.get(0).startsWith("the clock of this machine says 2021-01-23T12:00:00Z, but part"),
        warned::toString);
  }

  private void integers(int count, long first, long step) {
    for (int i = 0; i < count; i++) {
      record(i, "{\"ts\":" + (first + i * step) + ",\"value\":1}");
    }
  }

  @Test
  void secondsThatAreReadAsMillisecondsAreWarnedOf() {
    integers(100, NOW.getEpochSecond() - 100, 1);
    assertEquals(100, deserialize().size());
    assertEquals(1, warned.size());
    assertTrue(
        warned.get(0).contains("1,000 times as long makes it 2021-01-23T11:58:20Z (s instead of"),
        warned::toString);
  }

  @Test
  void nanosecondsThatAreReadAsMillisecondsAreWarnedOf() {
    integers(100, NOW.getEpochSecond() * 1_000_000_000, 1_000_000);
    assertEquals(RejectReason.OUT_OF_RANGE, deserialize().rejects().get(99).reason());
    assertEquals(1, warned.size());
    assertTrue(
        warned.get(0).startsWith("100 of the last 100 messages were rejected as OUT_OF_RANGE: are"),
        warned::toString);
    assertTrue(warned.get(0).contains("--timestampUnit"), warned::toString);
  }

  @Test
  void eventTimesInTheRightUnitAreNotWarnedOfHoweverOldTheyAre() {
    for (long millis :
        new long[] {NOW.toEpochMilli() - 10_000, 0, -5, 20_000_000_000L, 900_000_000_000L}) {
      integers(100, millis, 1);
      deserialize();
    }
    assertEquals(List.of(), warned);
  }

  @Test
  void eventTimesIn1970AreNotWarnedOfWhereTheKafkaTimestampsAgreeOrAreMissing() {
    for (long kafkaMillis : new long[] {ConsumerRecord.NO_TIMESTAMP, 1_611_403}) {
      for (int i = 0; i < 20; i++) {
        records.add(Records.record(3, i, kafkaMillis, "{\"ts\":1611403200,\"value\":1}"));
      }
      deserialize();
    }
    assertTrue(warned.stream().noneMatch(line -> line.contains("Unit")), warned::toString);
  }

  @ParameterizedTest
  @ValueSource(longs = {PartitionClock.NEVER, 1_611_403_190_000_000L})
  void afterARestoreDisorderIsCountedFromTheReadingsThatWereSeen(long restoredWatermark)
      throws Exception {
    PartitionClock clock = plan.clocks().partition(3);
    clock.restored(restoredWatermark);
    clock.positioned(40);
    record(40, reading("11:59:50", 1));
    record(41, reading("11:59:51", 1));
    ReadingBatch first = CoderUtils.clone(ReadingBatchCoder.of(), deserialize());
    assertEquals(Map.of(), first.outOfOrder());
    assertEquals(0, first.maxOutOfOrder());

    record(42, reading("11:59:48.5", 1));
    record(43, reading("11:59:52", 1));
    ReadingBatch second = CoderUtils.clone(ReadingBatchCoder.of(), deserialize());
    assertEquals(Map.of(DisorderSteps.of(2_500_000), 1L), second.outOfOrder());
    assertEquals(2_500_000, second.maxOutOfOrder());
    assertTrue(
        second.maxEventTimeBefore() > EventTime.ofInstant(NOW), "what replay_from needs: a bound");
  }
}
