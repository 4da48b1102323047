package coarsen.pipeline.reduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.pipeline.batch.ReadingBatch;
import coarsen.pipeline.batch.SeriesColumn;
import coarsen.records.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;

class SeriesTableTest {
  private static Series device(int number) {
    return Series.of(Map.of("device", "press-" + number));
  }

  private static SeriesTable table(int[] devices, double[] values) {
    var batch = new ReadingBatch.Builder(0, Long.MIN_VALUE, 0);
    for (int i = 0; i < devices.length; i++) {
      batch.add(0, values[i], i, false).series(device(devices[i]));
    }
    SeriesColumn series = Objects.requireNonNull(batch.build().series());
    var table = new SeriesTable();
    SeriesTable.BatchRows rows = table.rows(series);
    for (int i = 0; i < values.length; i++) {
      rows.add(i, values[i]);
    }
    return table;
  }

  private static List<String> written(SeriesTable table, boolean all) {
    List<String> rows = new ArrayList<>();
    table.write(
        all,
        row -> {
          Summary summary = table.summary(row);
          rows.add(
              table.series(row)
                  + " "
                  + summary.count()
                  + " of "
                  + summary.mean()
                  + " from "
                  + summary.min()
                  + " to "
                  + summary.max());
        });
    return rows;
  }

  @Test
  void eachSeriesHasItsSummary() {
    SeriesTable table = table(new int[] {1, 2, 1}, new double[] {10, 5, 20});

    assertEquals(
        List.of(
            "device=press-1 2 of 15.0 from 10.0 to 20.0",
            "device=press-2 1 of 5.0 from 5.0 to 5.0"),
        written(table, true));
  }

  @Test
  void whatWasWrittenIsWrittenAgainOnlyIfItChanged() {
    SeriesTable table = table(new int[] {1, 2}, new double[] {10, 5});
    assertEquals(2, written(table, false).size());

    table.add(table(new int[] {2, 3}, new double[] {7, 1}));

    assertEquals(
        List.of(
            "device=press-2 2 of 6.0 from 5.0 to 7.0", "device=press-3 1 of 1.0 from 1.0 to 1.0"),
        written(table, false));
    assertTrue(written(table, false).isEmpty());
    assertEquals(3, written(table, true).size());
  }

  @Test
  void aCopyIsChangedApart() {
    SeriesTable table = table(new int[] {1}, new double[] {1e300});
    SeriesTable copy = table.copy();

    copy.add(table(new int[] {1, 2}, new double[] {1, 2}));

    assertEquals(1, table.size());
    assertEquals(1, table.summary(0).count());
    assertEquals(2, copy.summary(0).count());
  }

  /** Against summaries of objects, with readings of sizes that make sums wide now and then. */
  @Test
  void tablesMergeInAnyOrderAndSurviveTheirCoder() throws Exception {
    var random = new Random(5);
    Map<String, Summary> expected = new TreeMap<>();
    var forth = new SeriesWindow();
    var back = new SeriesWindow();
    List<SeriesWindow> parts = new ArrayList<>();
    for (int part = 0; part < 40; part++) {
      int[] devices = random.ints(200, 0, 300).toArray();
      double[] values =
          random.doubles(200).map(d -> Math.scalb(d - 0.5, random.nextInt(-40, 40))).toArray();
      for (int i = 0; i < devices.length; i++) {
        expected.computeIfAbsent(device(devices[i]).text(), s -> new Summary()).add(values[i]);
      }
      parts.add(new SeriesWindow(new WindowState(new Summary()), table(devices, values)));
    }
    for (int part = 0; part < parts.size(); part++) {
      forth = CoderUtils.clone(new SeriesWindowCoder(), forth.with(parts.get(part)));
      back = back.with(parts.get(parts.size() - 1 - part));
    }

    assertEquals(300, forth.series().size());
    for (SeriesTable table : List.of(forth.series(), back.series())) {
      var seen = new TreeSet<String>();
      for (int row = 0; row < table.size(); row++) {
        Summary right = expected.get(table.series(row).text());
        assertTrue(seen.add(table.series(row).text()));
        assertEquals(right.count(), table.summary(row).count());
        assertEquals(right.aggregates(), table.summary(row).aggregates());
      }
    }
  }

  @Test
  void whichRowsWereWrittenSurvivesTheCoder() throws Exception {
    SeriesTable table = table(new int[] {1, 2, 3}, new double[] {1, 2, 3});
    written(table, true);
    table.add(table(new int[] {2}, new double[] {4}));

    SeriesWindow decoded =
        CoderUtils.clone(
            new SeriesWindowCoder(), new SeriesWindow(new WindowState(new Summary()), table, 3, 2));

    assertEquals(3, decoded.written());
    assertEquals(2, decoded.panes());
    assertEquals(
        List.of("device=press-2 2 of 3.0 from 2.0 to 4.0"), written(decoded.series(), false));
  }
}
