package coarsen.pipeline.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.kafka.KafkaClients;
import coarsen.pipeline.batch.ReadingBatch;
import coarsen.pipeline.batch.ReadingBatchCoder;
import coarsen.pipeline.format.InputFormat;
import coarsen.pipeline.format.JsonFormat;
import coarsen.pipeline.format.SeriesFields;
import coarsen.pipeline.reduce.ReduceToWindows;
import coarsen.pipeline.scope.RunId;
import coarsen.pipeline.scope.RunScope;
import coarsen.pipeline.time.EventTimeRules;
import coarsen.pipeline.time.PartitionClock;
import coarsen.pipeline.time.PartitionClocks;
import coarsen.records.EventTime;
import coarsen.records.Pane;
import coarsen.records.Provenance;
import coarsen.records.RowVersion;
import coarsen.records.WindowSummary;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The same readings in whatever order within maxOutOfOrder, in whatever batches, over however many
 * partitions that are read at whatever speeds, become the same bytes.
 */
@ExtendWith(TestPipelineExtension.class)
class SameBytesTest {
  private static final int READINGS = 600;
  private static final long START = EventTime.parse("2021-01-23T12:00:00Z");
  private static final long SPAN = 60_000_000;
  private static final Instant NOW = Instant.parse("2021-01-23T13:00:00Z");
  private static final EventTimeRules RULES = EventTimeRules.DEFAULT;
  private static final long DISORDER = EventTimeRules.micros(RULES.maxOutOfOrder());

  /** Filled by DoFns, which the runner copies. */
  private static final Queue<WindowSummary> ROWS = new ConcurrentLinkedQueue<>();

  private static final List<Reading> SENT = new ArrayList<>();
  private static final int DEVICES = 7;
  private static SortedMap<String, String> expected;
  private static SortedMap<String, String> expectedOfSeries;

  private record Reading(long ts, String json) {}

  private ReadPlan plan;

  @BeforeAll
  static void makeReadings() {
    var random = new Random(8);
    for (int i = 0; i < READINGS; i++) {
      long ts = START + i * (SPAN / READINGS);
      double value = Math.scalb(random.nextDouble() - 0.5, random.nextInt(-30, 30));
      SENT.add(
          new Reading(
              ts,
              "{\"ts\":\""
                  + EventTime.format(ts)
                  + "\",\"device\":\""
                  + random.nextInt(DEVICES)
                  + "\",\"value\":"
                  + value
                  + "}"));
    }
  }

  @AfterEach
  void forget() {
    RunScope.end(plan.jobId());
    ROWS.clear();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 5000, 0",
    "1, 200, 1",
    "1, 7, 2",
    "3, 5000, 3",
    "3, 80, 4",
    "3, 7, 5",
    "3, 1, 6",
    "8, 5000, 7",
    "8, 30, 8",
    "8, 7, 9",
    "8, 3, 10",
    "8, 7, 11",
    "3, 7, 12"
  })
  void theNewestRowsAreTheSameBytes(
      int partitions, int batchSize, int seed, TestPipeline pipeline) {
    var random = new Random(seed);
    pipeline
        .apply(stream(JsonFormat.DEFAULT, partitions, batchSize, random))
        .apply(ReduceToWindows.of(RULES, Duration.ZERO, new RunId(plan.jobId(), 0), false))
        .apply(ParDo.of(new Collect()));
    pipeline.run();
    checkRowsOfAllReadings();
  }

  @ParameterizedTest
  @CsvSource({"1, 5000, 0", "3, 80, 4", "3, 3, 6", "8, 7, 9"})
  void theNewestRowsOfEachSeriesAreTheSameBytes(
      int partitions, int batchSize, int seed, TestPipeline pipeline) {
    var format =
        new JsonFormat(
            null,
            "ts",
            "value",
            ZoneOffset.UTC,
            TimeUnit.MILLISECONDS,
            null,
            false,
            new SeriesFields(List.of("device"), null, DEVICES));
    pipeline
        .apply(stream(format, partitions, batchSize, new Random(seed)))
        .apply(ReduceToWindows.of(RULES, Duration.ZERO, new RunId(plan.jobId(), 0), true))
        .apply(ParDo.of(new Collect()));
    pipeline.run();
    SortedMap<String, String> newest = newestRows(row -> row.series() != null);
    assertEquals(12 * DEVICES, newest.size());
    if (expectedOfSeries == null) {
      expectedOfSeries = newest;
    }
    assertEquals(expectedOfSeries, newest);
    checkRowsOfAllReadings();
  }

  /** They do not depend on whether readings have series either. */
  private static void checkRowsOfAllReadings() {
    SortedMap<String, String> newest = newestRows(row -> row.series() == null);
    assertEquals(12, newest.size());
    if (expected == null) {
      expected = newest;
    }
    assertEquals(expected, newest);
  }

  /**
   * Each partition's readings in batches, read in turns of random length, with watermarks of the
   * clocks.
   */
  private TestStream<ReadingBatch> stream(
      InputFormat format, int partitions, int batchSize, Random random) {
    plan =
        new ReadPlan(
            "same-bytes-"
                + (format.series() != null)
                + "-"
                + partitions
                + "-"
                + batchSize
                + "-"
                + random.nextInt(),
            new SourceTopic(
                new KafkaClients("127.0.0.1:1"), "readings", new TreeMap<>(), new TreeMap<>()),
            format,
            RULES,
            batchSize,
            PartitionGrouping.TOGETHER);
    PartitionClocks clocks = plan.clocks();
    var deserializer = new BatchDeserializer(plan, InstantSource.fixed(NOW));
    List<Deque<byte[]>> waiting = frames(partitions, batchSize, random);
    TestStream.Builder<ReadingBatch> stream = TestStream.create(ReadingBatchCoder.of());
    long watermark = Long.MIN_VALUE;
    while (waiting.stream().anyMatch(frames -> !frames.isEmpty())) {
      Deque<byte[]> frames = waiting.get(random.nextInt(partitions));
      for (int turn = random.nextInt(5); turn >= 0 && !frames.isEmpty(); turn--) {
        ReadingBatch batch = deserializer.deserialize("readings", frames.removeFirst());
        assertEquals(0, batch.lateCount(), "within maxOutOfOrder nothing is late");
        long earliest = batch.earliestInTime();
        stream =
            stream.addElements(
                TimestampedValue.of(batch, org.joda.time.Instant.ofEpochMilli(earliest / 1_000)));
      }
      long least = Long.MAX_VALUE;
      for (int partition = 0; partition < partitions; partition++) {
        least = Math.min(least, clocks.advance(partition, EventTime.ofInstant(NOW)));
      }
      if (least > PartitionClock.NEVER && least > watermark) {
        watermark = least;
        stream = stream.advanceWatermarkTo(org.joda.time.Instant.ofEpochMilli(least / 1_000));
      }
    }
    assertTrue(watermark >= START + SPAN - 3 * DISORDER, "the watermark follows the readings");
    return stream.advanceWatermarkToInfinity();
  }

  private static List<Deque<byte[]>> frames(int partitions, int batchSize, Random random) {
    // A reading moves by less than the disorder, so none is farther behind another than that.
    Map<Reading, Long> places = new TreeMap<>(Comparator.comparingLong(Reading::ts));
    SENT.forEach(reading -> places.put(reading, reading.ts() + random.nextLong(DISORDER)));
    List<Reading> shuffled = new ArrayList<>(SENT);
    shuffled.sort(Comparator.comparing(places::get));
    List<List<ConsumerRecord<byte[], byte[]>>> logs = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      logs.add(new ArrayList<>());
    }
    for (Reading reading : shuffled) {
      int partition = random.nextInt(partitions);
      List<ConsumerRecord<byte[], byte[]>> log = logs.get(partition);
      log.add(Records.record(partition, log.size(), NOW.toEpochMilli(), reading.json()));
    }
    List<Deque<byte[]>> frames = new ArrayList<>();
    for (List<ConsumerRecord<byte[], byte[]>> log : logs) {
      var ofPartition = new ArrayDeque<byte[]>();
      new Coalescer(batchSize, Coalescer.MAX_BYTES, false)
          .coalesce(log)
          .forEach(frame -> ofPartition.add(frame.value()));
      frames.add(ofPartition);
    }
    return frames;
  }

  /** The newest row of each window; where it came from and as which revision set aside. */
  private static SortedMap<String, String> newestRows(Predicate<WindowSummary> which) {
    var newest = new TreeMap<String, WindowSummary>();
    for (WindowSummary row : ROWS) {
      if (which.test(row)) {
        newest.merge(row.key(), row, (a, b) -> a.version().compareTo(b.version()) < 0 ? b : a);
      }
    }
    var rows = new TreeMap<String, String>();
    for (WindowSummary row : newest.values()) {
      var bare =
          new WindowSummary(
              row.window(),
              row.series(),
              row.count(),
              0,
              row.values(),
              Pane.ON_TIME,
              new RowVersion(0, 0),
              Provenance.of(Map.of(), Map.of()));
      rows.put(row.key(), bare.toJson());
    }
    return rows;
  }

  private static final class Collect extends DoFn<List<WindowSummary>, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element List<WindowSummary> rows) {
      ROWS.addAll(rows);
    }
  }
}
