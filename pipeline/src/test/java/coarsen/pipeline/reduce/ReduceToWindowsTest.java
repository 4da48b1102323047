package coarsen.pipeline.reduce;

import static org.junit.jupiter.api.Assertions.assertEquals;

import coarsen.pipeline.batch.ReadingBatch;
import coarsen.pipeline.batch.ReadingBatchCoder;
import coarsen.pipeline.scope.RunId;
import coarsen.pipeline.time.EventTimeRules;
import coarsen.records.Pane;
import coarsen.records.WindowSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.Mean;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Windows of 5 s, corrected until 10 s after their end. Times in seconds. */
@ExtendWith(TestPipelineExtension.class)
class ReduceToWindowsTest {
  private static final EventTimeRules RULES =
      EventTimeRules.DEFAULT.withAllowedLateness(Duration.ofSeconds(10));
  private static final RunId RUN = new RunId("reduce-to-windows", 0);
  private static final ReduceToWindows REDUCE =
      ReduceToWindows.of(RULES, Duration.ZERO, RUN, false);
  private static final ReduceToWindows REDUCE_EARLY =
      ReduceToWindows.of(RULES, Duration.ofSeconds(1), RUN, false);

  private long offset;

  /** Pairs of time and value; the element's time is that of the earliest. */
  private TimestampedValue<ReadingBatch> batch(int partition, double... timesAndValues) {
    var batch = new ReadingBatch.Builder(partition, Long.MIN_VALUE, timesAndValues.length / 2);
    double earliest = Double.MAX_VALUE;
    for (int i = 0; i < timesAndValues.length; i += 2) {
      earliest = Math.min(earliest, timesAndValues[i]);
      batch.add(Math.round(timesAndValues[i] * 1e6), timesAndValues[i + 1], offset++, false);
    }
    return TimestampedValue.of(
        batch.build(), at(earliest < 0 ? Math.floor(earliest / 5) * 5 : earliest));
  }

  private static Instant at(double seconds) {
    return Instant.ofEpochMilli(Math.round(seconds * 1e3));
  }

  private static String line(WindowSummary row) {
    return "%d %s r%d: %d of %s"
        .formatted(
            row.startMicros() / 1_000_000, row.pane(), row.revision(), row.count(), row.avgValue());
  }

  private static PCollection<String> lines(PCollection<List<WindowSummary>> rows) {
    return rows.apply(Flatten.iterables())
        .apply("Lines", MapElements.into(TypeDescriptors.strings()).via(ReduceToWindowsTest::line));
  }

  private static TestStream.Builder<ReadingBatch> stream() {
    return TestStream.create(ReadingBatchCoder.of());
  }

  @Test
  void theMeanIsThatOfBeamsOwnMean(TestPipeline pipeline) {
    var random = new Random(7);
    List<TimestampedValue<Double>> readings = new ArrayList<>();
    List<TimestampedValue<ReadingBatch>> batches = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      double[] batch = new double[2 * (1 + random.nextInt(20))];
      for (int j = 0; j < batch.length; j += 2) {
        batch[j] = random.nextInt(40_000) / 1e3;
        batch[j + 1] = random.nextInt(100);
        readings.add(TimestampedValue.of(batch[j + 1], at(batch[j])));
      }
      batches.add(batch(0, batch));
    }
    PCollection<String> expected =
        pipeline
            .apply("Readings", Create.timestamped(readings))
            .apply(Window.<Double>into(FixedWindows.of(org.joda.time.Duration.standardSeconds(5))))
            .apply(Mean.<Double>globally().withoutDefaults())
            .apply("Beam", MapElements.into(TypeDescriptors.strings()).via(mean -> "" + mean));
    PCollection<String> actual =
        pipeline
            .apply("Batches", Create.timestamped(batches).withCoder(ReadingBatchCoder.of()))
            .apply(REDUCE)
            .apply(Flatten.iterables())
            .apply(
                "Ours",
                MapElements.into(TypeDescriptors.strings()).via(row -> "" + row.avgValue()));
    for (int start = 0; start < 40; start += 5) {
      double sum = 0;
      int count = 0;
      for (TimestampedValue<Double> reading : readings) {
        if (reading.getTimestamp().getMillis() / 5_000 == start / 5) {
          sum += reading.getValue();
          count++;
        }
      }
      var window = new IntervalWindow(at(start), at(start + 5));
      PAssert.that(expected).inWindow(window).containsInAnyOrder("" + sum / count);
      PAssert.that(actual).inWindow(window).containsInAnyOrder("" + sum / count);
    }
    pipeline.run();
  }

  @Test
  void aWindowIsWrittenOnceTheWatermarkHasPassedItsEndAndNotBefore(TestPipeline pipeline) {
    PCollection<List<WindowSummary>> rows =
        pipeline
            .apply(
                stream()
                    .addElements(batch(0, 0, 10, 4.999, 20, 5, 30))
                    .advanceWatermarkTo(at(4.999))
                    .addElements(batch(1, 3, 60))
                    .advanceWatermarkTo(at(5))
                    .advanceWatermarkToInfinity())
            .apply(REDUCE);
    PAssert.that(lines(rows))
        .containsInAnyOrder("0 ON_TIME r0: 3 of 30.0", "5 ON_TIME r0: 1 of 30.0");
    pipeline.run();
  }

  @Test
  void aStragglerReplacesTheRowWithAllReadingsAndAHigherRevision(TestPipeline pipeline) {
    PCollection<List<WindowSummary>> rows =
        pipeline
            .apply(
                stream()
                    .addElements(batch(0, 1, 1))
                    .advanceWatermarkTo(at(6))
                    .addElements(batch(0, 2, 2))
                    .advanceWatermarkTo(at(14))
                    .addElements(batch(0, 3, 6))
                    .advanceWatermarkToInfinity())
            .apply(REDUCE);
    PAssert.that(lines(rows))
        .containsInAnyOrder("0 ON_TIME r0: 1 of 1.0", "0 LATE r1: 2 of 1.5", "0 LATE r2: 3 of 3.0");
    pipeline.run();
  }

  @Test
  void anOpenWindowHasEarlyRowsAndEveryWindowItsOnTimeRow(TestPipeline pipeline) {
    PCollection<List<WindowSummary>> rows =
        pipeline
            .apply(
                stream()
                    .addElements(batch(0, 1, 1))
                    .advanceProcessingTime(org.joda.time.Duration.millis(1_100))
                    .addElements(batch(0, 2, 3))
                    .advanceProcessingTime(org.joda.time.Duration.millis(1_100))
                    .advanceWatermarkTo(at(6))
                    .addElements(batch(0, 4, 5))
                    .advanceWatermarkToInfinity())
            .apply(REDUCE_EARLY);
    PAssert.that(lines(rows))
        .containsInAnyOrder(
            "0 EARLY r0: 1 of 1.0",
            "0 EARLY r1: 2 of 2.0",
            "0 ON_TIME r2: 2 of 2.0",
            "0 LATE r3: 3 of 3.0");
    pipeline.run();
  }

  @Test
  void theEngineDropsWhatComesAfterTheLatenessWhichTheClockThereforeKeepsFromIt(
      TestPipeline pipeline) {
    PCollection<List<WindowSummary>> rows =
        pipeline
            .apply(
                stream()
                    .addElements(batch(0, 1, 1))
                    .advanceWatermarkTo(at(14.999))
                    .addElements(batch(0, 2, 3))
                    .advanceWatermarkTo(at(15))
                    .addElements(batch(0, 3, 5))
                    .advanceWatermarkToInfinity())
            .apply(REDUCE);
    PAssert.that(lines(rows)).containsInAnyOrder("0 ON_TIME r0: 1 of 1.0", "0 LATE r1: 2 of 2.0");
    pipeline.run();
  }

  @Test
  void aWindowWithoutReadingsHasNoRow(TestPipeline pipeline) {
    PCollection<List<WindowSummary>> rows =
        pipeline
            .apply(
                stream()
                    .addElements(batch(0, 1, 1))
                    .advanceWatermarkTo(at(60))
                    .addElements(batch(0, 61, 2))
                    .advanceWatermarkToInfinity())
            .apply(REDUCE);
    PAssert.that(lines(rows))
        .containsInAnyOrder("0 ON_TIME r0: 1 of 1.0", "60 ON_TIME r0: 1 of 2.0");
    pipeline.run();
  }

  @Test
  void windowsBefore1970HoldWhatBelongsToThem(TestPipeline pipeline) {
    PCollection<List<WindowSummary>> rows =
        pipeline
            .apply(
                stream()
                    .addElements(batch(0, -12, 1, -10, 2, -7, 3, -5.001, 4, -5, 5, -0.001, 6, 0, 7))
                    .advanceWatermarkToInfinity())
            .apply(REDUCE);
    PAssert.that(lines(rows))
        .containsInAnyOrder(
            "-15 ON_TIME r0: 1 of 1.0",
            "-10 ON_TIME r0: 3 of 3.0",
            "-5 ON_TIME r0: 2 of 5.5",
            "0 ON_TIME r0: 1 of 7.0");
    pipeline.run();
  }

  @Test
  void aRowTellsWhereItsReadingsCameFrom(TestPipeline pipeline) {
    PCollection<List<WindowSummary>> rows =
        pipeline
            .apply(
                stream()
                    .addElements(batch(0, 1, 1, 2, 3), batch(3, 4, 5))
                    .advanceWatermarkToInfinity())
            .apply(REDUCE);
    PAssert.thatSingleton(rows.apply(Flatten.iterables()))
        .satisfies(
            row -> {
              assertEquals(
                  "{\"start_time\":\"1970-01-01T00:00:00Z\",\"end_time\":\"1970-01-01T00:00:05Z\","
                      + "\"avg_value\":3,\"count\":3,\"min_value\":1,\"max_value\":5,"
                      + "\"stddev_value\":1.632993161855452,\"pane\":\"ON_TIME\",\"run\":0,"
                      + "\"revision\":0,\"offsets\":{\"0\":[0,1],\"3\":[2,2]},"
                      + "\"replay_from\":{\"0\":0,\"3\":2}}",
                  row.toJson());
              assertEquals(Pane.ON_TIME, row.pane());
              assertEquals(Map.of(0, 0L, 3, 2L), new TreeMap<>(row.provenance().replayFrom()));
              return null;
            });
    pipeline.run();
  }
}
