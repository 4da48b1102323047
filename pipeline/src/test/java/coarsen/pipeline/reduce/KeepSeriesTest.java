package coarsen.pipeline.reduce;

import coarsen.pipeline.batch.ReadingBatch;
import coarsen.records.Pane;
import coarsen.records.Series;
import coarsen.records.WindowSummary;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Panes and parts of one window reach it in any order: they come on different ways. */
@ExtendWith(TestPipelineExtension.class)
class KeepSeriesTest {
  private static SeriesUpdate part(String device, double... values) {
    var batch = new ReadingBatch.Builder(0, Long.MIN_VALUE, values.length);
    for (double value : values) {
      batch.add(0, value, 0, false).series(Series.of(Map.of("device", device)));
    }
    return part(batch.build());
  }

  private static SeriesUpdate part(ReadingBatch batch) {
    var all = new Summary();
    var table = new SeriesTable();
    SeriesTable.BatchRows rows = table.rows(Objects.requireNonNull(batch.series()));
    for (int i = 0; i < batch.size(); i++) {
      rows.add(i, batch.value(i));
      all.add(batch.value(i));
    }
    return SeriesUpdate.part(new WindowState(all), table);
  }

  private static SeriesUpdate mark(Pane pane, long count, boolean isLast) {
    return new SeriesUpdate(null, new PaneMark(pane, 0, count, isLast));
  }

  private static String line(WindowSummary row) {
    return "%s %s r%d: %d"
        .formatted(
            row.series() == null ? row.seriesCount() + " series" : row.series().text(),
            row.pane(),
            row.revision(),
            row.count());
  }

  private static PCollection<List<WindowSummary>> kept(
      TestPipeline pipeline, SeriesUpdate... updates) {
    TestStream.Builder<KV<Integer, SeriesUpdate>> stream =
        TestStream.create(KvCoder.of(VarIntCoder.of(), new SeriesUpdateCoder()));
    for (SeriesUpdate update : updates) {
      stream = stream.addElements(TimestampedValue.of(KV.of(0, update), Instant.EPOCH));
    }
    return pipeline
        .apply(stream.advanceWatermarkToInfinity())
        .apply(Window.into(FixedWindows.of(Duration.standardSeconds(5))))
        .apply(ParDo.of(new KeepSeries()))
        .setCoder(ListCoder.of(new WindowSummaryCoder()));
  }

  private static void check(TestPipeline pipeline, SeriesUpdate[] updates, String... rows) {
    var lines =
        kept(pipeline, updates)
            .apply(Flatten.iterables())
            .apply(MapElements.into(TypeDescriptors.strings()).via(KeepSeriesTest::line));
    PAssert.that(lines).containsInAnyOrder(Arrays.asList(rows));
    pipeline.run();
  }

  private static SeriesUpdate[] updates(SeriesUpdate... updates) {
    return updates;
  }

  @Test
  void aPaneWaitsForItsReadings(TestPipeline pipeline) {
    check(
        pipeline,
        updates(part("a", 1, 2), mark(Pane.ON_TIME, 3, false), part("b", 3)),
        "device=a ON_TIME r0: 2",
        "device=b ON_TIME r0: 1",
        "2 series ON_TIME r0: 3");
  }

  @Test
  void anEmptyLastPaneDoesNotCutOffTheFullOne(TestPipeline pipeline) {
    check(
        pipeline,
        updates(
            part("a", 1, 2),
            mark(Pane.ON_TIME, 3, true),
            mark(Pane.ON_TIME, 0, true),
            part("b", 3)),
        "device=a ON_TIME r0: 2",
        "device=b ON_TIME r0: 1",
        "2 series ON_TIME r0: 3");
  }

  @Test
  void aPaneWhoseReadingsWereWrittenWithTheOneBeforeWritesNothing(TestPipeline pipeline) {
    check(
        pipeline,
        updates(
            part("a", 1, 2), part("a", 3), mark(Pane.ON_TIME, 2, false), mark(Pane.LATE, 3, false)),
        "device=a ON_TIME r0: 3",
        "1 series ON_TIME r0: 3");
  }

  @Test
  void aPaneThatWritesNothingLeavesNoGapInTheRevisions(TestPipeline pipeline) {
    check(
        pipeline,
        updates(
            part("a", 1, 2),
            part("a", 3),
            mark(Pane.ON_TIME, 2, false),
            mark(Pane.LATE, 3, false),
            part("b", 4),
            mark(Pane.LATE, 4, false)),
        "device=a ON_TIME r0: 3",
        "1 series ON_TIME r0: 3",
        "device=b LATE r1: 1",
        "2 series LATE r1: 4");
  }

  /** Each element may be a bundle, at whose end the sink waits for the broker. */
  @Test
  void thousandsOfRowsAreAFewElements(TestPipeline pipeline) {
    var batch = new ReadingBatch.Builder(0, Long.MIN_VALUE, 2 * KeepSeries.MAX_ROWS);
    for (int i = 0; i < 2 * KeepSeries.MAX_ROWS; i++) {
      batch.add(0, 1, i, false).series(Series.of(Map.of("device", "d" + i)));
    }

    PAssert.that(
            kept(pipeline, part(batch.build()), mark(Pane.ON_TIME, 2L * KeepSeries.MAX_ROWS, true))
                .apply(MapElements.into(TypeDescriptors.integers()).via(List::size)))
        .containsInAnyOrder(KeepSeries.MAX_ROWS, KeepSeries.MAX_ROWS, 1);
    pipeline.run();
  }
}
