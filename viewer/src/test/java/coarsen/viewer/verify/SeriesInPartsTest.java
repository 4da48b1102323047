package coarsen.viewer.verify;

import static coarsen.viewer.Rows.device;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.records.EventWindow;
import coarsen.records.OffsetRange;
import coarsen.records.Pane;
import coarsen.records.Provenance;
import coarsen.records.Reading;
import coarsen.records.RowVersion;
import coarsen.records.Series;
import coarsen.records.WindowSummary;
import coarsen.viewer.Rows;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Random readings of ten devices, some of which come after their window was written, so that it is
 * written again; verified with so little memory that it takes several parts.
 */
class SeriesInPartsTest {
  private static final int WINDOWS = 3;
  private static final int PER_WINDOW = 40;
  private static final int DEVICES = 10;
  private static final long WINDOW = 5_000_000;
  private static final int LITTLE = 5_000;
  private static final int PLENTY = 1 << 30;

  private final Random random = new Random(13);
  private final List<Reading> raw = new ArrayList<>();
  private final List<WindowSummary> reduced = new ArrayList<>();
  private int passes;

  SeriesInPartsTest() {
    List<Reading> before = List.of();
    for (int number = 0; number < WINDOWS; number++) {
      List<Reading> readings = new ArrayList<>();
      List<Reading> ofWindowBefore = new ArrayList<>(before);
      Set<Series> changed = new HashSet<>();
      for (int i = 0; i < PER_WINDOW; i++) {
        if (number > 0 && random.nextInt(10) == 0) {
          Reading late = read(number - 1, i);
          ofWindowBefore.add(late);
          changed.add(late.series());
        } else {
          readings.add(read(number, i));
        }
      }
      if (!changed.isEmpty()) {
        List<WindowSummary> rows = rows(number - 1, Pane.LATE, 1, ofWindowBefore);
        rows.removeIf(row -> row.series() != null && !changed.contains(row.series()));
        reduced.addAll(rows);
      }
      reduced.addAll(rows(number, Pane.ON_TIME, 0, readings));
      before = readings;
    }
  }

  private Reading read(int number, int i) {
    Series series = device("d" + random.nextInt(DEVICES));
    long ts = Rows.BEGIN + number * WINDOW + i * WINDOW / PER_WINDOW;
    var reading = new Reading(ts, random.nextInt(1000), series, 0, raw.size(), 0, 0, false);
    raw.add(reading);
    return reading;
  }

  /** A row of each series of a window, then the row of all readings. */
  private static List<WindowSummary> rows(
      int number, Pane pane, int revision, List<Reading> readings) {
    long start = Rows.BEGIN + number * WINDOW;
    var window = new EventWindow(start, start + WINDOW);
    var version = new RowVersion(0, revision);
    Map<Series, List<Double>> bySeries = new LinkedHashMap<>();
    readings.forEach(
        row -> bySeries.computeIfAbsent(row.series(), key -> new ArrayList<>()).add(row.value()));
    List<WindowSummary> rows = new ArrayList<>();
    bySeries.forEach(
        (series, values) ->
            rows.add(
                new WindowSummary(
                    window,
                    series,
                    values.size(),
                    RightOutputs.aggregates(values),
                    pane,
                    version)));
    var offsets =
        new OffsetRange(readings.get(0).offset(), readings.get(readings.size() - 1).offset());
    rows.add(
        new WindowSummary(
                window,
                readings.size(),
                RightOutputs.aggregates(readings.stream().map(Reading::value).toList()),
                pane,
                version,
                Provenance.of(Map.of(0, offsets), Map.of(0, 0L)))
            .withSeriesCount(bySeries.size()));
    return rows;
  }

  private Balance verify(List<WindowSummary> rows, long memory) {
    var scope = new Verification.Scope(true, true, null, null);
    var verification = new Verification(scope, Rules.DEFAULT, InstantSource.system(), memory);
    rows.forEach(row -> pass(row.toJson(), verification::reduced));
    raw.forEach(row -> pass(row.toJson(), verification::rawFirst));
    passes = 0;
    while (verification.nextPass()) {
      passes++;
      rows.forEach(row -> pass(row.toJson(), verification::reducedAgain));
      raw.forEach(row -> pass(row.toJson(), verification::rawAgain));
    }
    return verification.balance();
  }

  private interface Handler {
    void row(byte[] json, int offset, int length);
  }

  private static void pass(String row, Handler handler) {
    byte[] bytes = row.getBytes(UTF_8);
    handler.row(bytes, 0, bytes.length);
  }

  @Test
  void theResultIsTheSameInAnyNumberOfParts() {
    Balance inOnePart = verify(reduced, PLENTY);
    assertEquals(1, passes);
    assertTrue(inOnePart.balances(), () -> String.join("\n", inOnePart.lines()));
    assertEquals(DEVICES, inOnePart.windows().series());
    assertTrue(reduced.stream().anyMatch(row -> row.pane() == Pane.LATE));

    Balance inParts = verify(reduced, LITTLE);
    assertTrue(passes > 2, () -> passes + " passes");
    assertEquals(inOnePart.lines(), inParts.lines());
  }

  @Test
  void eachRowThatIsMissingIsFoundInWhateverPart() {
    for (int i = 0; i < reduced.size(); i++) {
      List<WindowSummary> rows = new ArrayList<>(reduced);
      WindowSummary missing = rows.remove(i);

      assertFalse(verify(rows, LITTLE).balances(), missing::toJson);
    }
  }

  @Test
  void eachRowUnderTheNameOfAnotherSeriesIsFoundInWhateverPart() {
    for (int i = 0; i < reduced.size(); i++) {
      WindowSummary row = reduced.get(i);
      if (row.series() == null) {
        continue;
      }
      Series other = device("d" + DEVICES);
      List<WindowSummary> rows = new ArrayList<>(reduced);
      rows.set(
          i,
          new WindowSummary(
              row.window(), other, row.count(), row.values(), row.pane(), row.version()));

      assertFalse(verify(rows, LITTLE).balances(), row::toJson);
    }
  }
}
