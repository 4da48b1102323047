package coarsen.pipeline.reduce;

import coarsen.pipeline.batch.ReadingBatch;
import coarsen.pipeline.batch.ReadingBatchCoder;
import coarsen.pipeline.scope.RunId;
import coarsen.pipeline.time.EventTimeRules;
import coarsen.records.Series;
import coarsen.records.WindowSummary;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Windows of 5 s by series, corrected until 10 s after their end. Times in seconds. */
@ExtendWith(TestPipelineExtension.class)
class SeriesRowsTest {
  private static final EventTimeRules RULES =
      EventTimeRules.DEFAULT.withAllowedLateness(Duration.ofSeconds(10));
  private static final RunId RUN = new RunId("series-rows", 0);
  private static final ReduceToWindows REDUCE = ReduceToWindows.of(RULES, Duration.ZERO, RUN, true);

  private long offset;

  private record Read(double seconds, String device, double value, boolean late) {}

  private static Read read(double seconds, String device, double value) {
    return new Read(seconds, device, value, false);
  }

  private static Read late(double seconds, String device, double value) {
    return new Read(seconds, device, value, true);
  }

  private TimestampedValue<ReadingBatch> batch(int partition, Read... readings) {
    var batch = new ReadingBatch.Builder(partition, Long.MIN_VALUE, readings.length);
    double earliest = Double.MAX_VALUE;
    for (Read reading : readings) {
      earliest = Math.min(earliest, reading.seconds());
      batch
          .add(Math.round(reading.seconds() * 1e6), reading.value(), offset++, reading.late())
          .series(Series.of(Map.of("device", reading.device())));
    }
    return TimestampedValue.of(batch.build(), at(earliest));
  }

  private static Instant at(double seconds) {
    return Instant.ofEpochMilli(Math.round(seconds * 1e3));
  }

  private static PCollection<String> lines(PCollection<List<WindowSummary>> rows) {
    return rows.apply(Flatten.iterables())
        .apply("Lines", MapElements.into(TypeDescriptors.strings()).via(SeriesRowsTest::line));
  }

  private static String line(WindowSummary row) {
    return "%d %s %s r%d: %d of %s"
        .formatted(
            row.startMicros() / 1_000_000,
            row.series() == null ? row.seriesCount() + " series" : row.series().text(),
            row.pane(),
            row.revision(),
            row.count(),
            row.avgValue());
  }

  private static TestStream.Builder<ReadingBatch> stream() {
    return TestStream.create(ReadingBatchCoder.of());
  }

  @Test
  void eachSeriesHasARowBesideThatOfAllReadings(TestPipeline pipeline) {
    PCollection<List<WindowSummary>> rows =
        pipeline
            .apply(
                stream()
                    .addElements(
                        batch(0, read(0, "a", 10), read(1, "b", 1), read(5, "a", 7)),
                        batch(1, read(2, "a", 20), read(3, "c", 5)))
                    .advanceWatermarkToInfinity())
            .apply(REDUCE);

    PAssert.that(lines(rows))
        .containsInAnyOrder(
            "0 3 series ON_TIME r0: 4 of 9.0",
            "0 device=a ON_TIME r0: 2 of 15.0",
            "0 device=b ON_TIME r0: 1 of 1.0",
            "0 device=c ON_TIME r0: 1 of 5.0",
            "5 1 series ON_TIME r0: 1 of 7.0",
            "5 device=a ON_TIME r0: 1 of 7.0");
    pipeline.run();
  }

  @Test
  void aStragglerWritesItsSeriesAndAllReadingsAgain(TestPipeline pipeline) {
    PCollection<List<WindowSummary>> rows =
        pipeline
            .apply(
                stream()
                    .addElements(batch(0, read(0, "a", 10), read(1, "b", 1)))
                    .advanceWatermarkTo(at(5))
                    .addElements(batch(0, read(4, "b", 3)))
                    .addElements(batch(0, read(4, "c", 4)))
                    .advanceWatermarkToInfinity())
            .apply(REDUCE);

    PAssert.that(lines(rows))
        .containsInAnyOrder(
            "0 2 series ON_TIME r0: 2 of 5.5",
            "0 device=a ON_TIME r0: 1 of 10.0",
            "0 device=b ON_TIME r0: 1 of 1.0",
            "0 device=b LATE r1: 2 of 2.0",
            "0 2 series LATE r1: 3 of 4.666666666666667",
            "0 device=c LATE r2: 1 of 4.0",
            "0 3 series LATE r2: 4 of 4.5");
    pipeline.run();
  }

  @Test
  void theLastPaneOfAWindowWritesNothingAgain(TestPipeline pipeline) {
    PCollection<List<WindowSummary>> rows =
        pipeline
            .apply(
                stream()
                    .addElements(batch(0, read(0, "a", 10)))
                    .advanceWatermarkTo(at(5))
                    .advanceWatermarkTo(at(20))
                    .addElements(batch(0, read(21, "a", 1)))
                    .advanceWatermarkToInfinity())
            .apply(REDUCE);

    PAssert.that(lines(rows))
        .containsInAnyOrder(
            "0 device=a ON_TIME r0: 1 of 10.0",
            "0 1 series ON_TIME r0: 1 of 10.0",
            "20 device=a ON_TIME r0: 1 of 1.0",
            "20 1 series ON_TIME r0: 1 of 1.0");
    pipeline.run();
  }

  @Test
  void earlyRowsHaveAllSeriesSoFar(TestPipeline pipeline) {
    PCollection<List<WindowSummary>> rows =
        pipeline
            .apply(
                stream()
                    .addElements(batch(0, read(0, "a", 10), read(1, "b", 1)))
                    .advanceProcessingTime(org.joda.time.Duration.standardSeconds(2))
                    .addElements(batch(0, read(2, "a", 20)))
                    .advanceWatermarkToInfinity())
            .apply(ReduceToWindows.of(RULES, Duration.ofSeconds(1), RUN, true));

    PAssert.that(lines(rows))
        .containsInAnyOrder(
            "0 device=a EARLY r0: 1 of 10.0",
            "0 device=b EARLY r0: 1 of 1.0",
            "0 2 series EARLY r0: 2 of 5.5",
            "0 device=a ON_TIME r1: 2 of 15.0",
            "0 device=b ON_TIME r1: 1 of 1.0",
            "0 2 series ON_TIME r1: 3 of 10.333333333333334");
    pipeline.run();
  }

  @Test
  void aSilentSeriesHasNoRow(TestPipeline pipeline) {
    PCollection<List<WindowSummary>> rows =
        pipeline
            .apply(
                stream()
                    .addElements(batch(0, read(0, "a", 1), read(1, "b", 2)))
                    .advanceWatermarkTo(at(5))
                    .addElements(batch(0, read(6, "a", 3)))
                    .advanceWatermarkTo(at(10))
                    .addElements(batch(0, read(11, "b", 4)))
                    .advanceWatermarkToInfinity())
            .apply(REDUCE);

    PAssert.that(lines(rows))
        .containsInAnyOrder(
            "0 device=a ON_TIME r0: 1 of 1.0",
            "0 device=b ON_TIME r0: 1 of 2.0",
            "0 2 series ON_TIME r0: 2 of 1.5",
            "5 device=a ON_TIME r0: 1 of 3.0",
            "5 1 series ON_TIME r0: 1 of 3.0",
            "10 device=b ON_TIME r0: 1 of 4.0",
            "10 1 series ON_TIME r0: 1 of 4.0");
    pipeline.run();
  }

  @Test
  void aSeriesThatMovesToAnotherPartitionHasOneRowOfAllItsReadings(TestPipeline pipeline) {
    PCollection<List<WindowSummary>> rows =
        pipeline
            .apply(
                stream()
                    .addElements(batch(0, read(0, "a", 1), read(1, "b", 2)))
                    .addElements(batch(1, read(2, "a", 3), read(6, "a", 5)))
                    .advanceWatermarkTo(at(5))
                    // What the old partition still had.
                    .addElements(batch(0, read(1, "a", 8), read(7, "b", 6)))
                    .advanceWatermarkToInfinity())
            .apply(REDUCE);

    PAssert.that(lines(rows))
        .containsInAnyOrder(
            "0 device=a ON_TIME r0: 2 of 2.0",
            "0 device=b ON_TIME r0: 1 of 2.0",
            "0 2 series ON_TIME r0: 3 of 2.0",
            "0 device=a LATE r1: 3 of 4.0",
            "0 2 series LATE r1: 4 of 3.5",
            "5 device=a ON_TIME r0: 1 of 5.0",
            "5 device=b ON_TIME r0: 1 of 6.0",
            "5 2 series ON_TIME r0: 2 of 5.5");
    pipeline.run();
  }

  @Test
  void aLateReadingIsInNoRowAndItsSeriesIsNotCountedForIt(TestPipeline pipeline) {
    PCollection<List<WindowSummary>> rows =
        pipeline
            .apply(
                stream()
                    .addElements(
                        batch(0, read(0, "a", 1), late(1, "a", 100), late(2, "b", 100)),
                        batch(1, late(3, "c", 100)))
                    .advanceWatermarkToInfinity())
            .apply(REDUCE);

    PAssert.that(lines(rows))
        .containsInAnyOrder("0 device=a ON_TIME r0: 1 of 1.0", "0 1 series ON_TIME r0: 1 of 1.0");
    pipeline.run();
  }

  @Test
  void afterEarlyRowsAStragglerWritesItsSeriesAlone(TestPipeline pipeline) {
    PCollection<List<WindowSummary>> rows =
        pipeline
            .apply(
                stream()
                    .addElements(batch(0, read(0, "a", 10), read(1, "b", 1)))
                    .advanceProcessingTime(org.joda.time.Duration.standardSeconds(2))
                    .advanceWatermarkTo(at(5))
                    .addElements(batch(0, read(4, "b", 3)))
                    .advanceWatermarkToInfinity())
            .apply(ReduceToWindows.of(RULES, Duration.ofSeconds(1), RUN, true));

    PAssert.that(lines(rows))
        .containsInAnyOrder(
            "0 device=a EARLY r0: 1 of 10.0",
            "0 device=b EARLY r0: 1 of 1.0",
            "0 2 series EARLY r0: 2 of 5.5",
            "0 device=a ON_TIME r1: 1 of 10.0",
            "0 device=b ON_TIME r1: 1 of 1.0",
            "0 2 series ON_TIME r1: 2 of 5.5",
            "0 device=b LATE r2: 2 of 2.0",
            "0 2 series LATE r2: 3 of 4.666666666666667");
    pipeline.run();
  }

  @Test
  void windowsBefore1970HaveTheirSeries(TestPipeline pipeline) {
    var batch = new ReadingBatch.Builder(0, Long.MIN_VALUE, 1);
    batch.add(-2_000_000, 1, 0, false).series(Series.of(Map.of("device", "a")));
    PCollection<List<WindowSummary>> rows =
        pipeline
            .apply(
                stream()
                    .addElements(TimestampedValue.of(batch.build(), at(-5)))
                    .advanceWatermarkToInfinity())
            .apply(REDUCE);

    PAssert.that(lines(rows))
        .containsInAnyOrder("-5 device=a ON_TIME r0: 1 of 1.0", "-5 1 series ON_TIME r0: 1 of 1.0");
    pipeline.run();
  }
}
