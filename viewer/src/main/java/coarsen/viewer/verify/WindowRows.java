package coarsen.viewer.verify;

import coarsen.records.Pane;
import coarsen.records.RowVersion;
import coarsen.records.WindowSummary;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All rows of a window, or of a series in it, by run and revision: what each run must have written,
 * and in which order.
 */
final class WindowRows {
  /**
   * A row's name, and a hash of the row that tells whether another row of that name is equal.
   *
   * @param hash 64 bits
   */
  record Row(int run, int revision, Pane pane, long count, long hash) {}

  private static final Comparator<Row> OLDEST_FIRST =
      Comparator.comparingInt(Row::run).thenComparingInt(Row::revision);

  private final List<Row> rows = new ArrayList<>(1);

  /**
   * Adds a row.
   *
   * @return null if it is the first of its name; else whether it is equal to that one
   */
  @Nullable Boolean add(WindowSummary summary) {
    var row =
        new Row(
            summary.run(),
            summary.revision(),
            summary.pane(),
            summary.count(),
            Hash.of(summary.toJson()));
    for (Row other : rows) {
      if (other.run == row.run && other.revision == row.revision) {
        return other.equals(row);
      }
    }
    rows.add(row);
    return null;
  }

  /** The row of this version; null if there is none. */
  @Nullable Row find(RowVersion version) {
    for (Row row : rows) {
      if (row.run == version.run() && row.revision == version.revision()) {
        return row;
      }
    }
    return null;
  }

  /** The rows, by run and revision. */
  List<Row> oldestFirst() {
    rows.sort(OLDEST_FIRST);
    return rows;
  }

  /** The runs that wrote a row. */
  BitSet runs() {
    var runs = new BitSet();
    rows.forEach(row -> runs.set(row.run));
    return runs;
  }

  /**
   * Reports what is missing or out of order: each run writes revisions 0, 1, 2… of a window, EARLY
   * ones before its only ON_TIME one and LATE ones after it.
   */
  void check(Consumer<String> differences) {
    var byRun = new TreeMap<Integer, List<Row>>();
    rows.forEach(row -> byRun.computeIfAbsent(row.run, key -> new ArrayList<>()).add(row));
    byRun.forEach(
        (run, ofRun) -> {
          ofRun.sort(Comparator.comparingInt(Row::revision));
          Pane before = Pane.EARLY;
          for (int i = 0; i < ofRun.size(); i++) {
            Row row = ofRun.get(i);
            if (row.revision != i) {
              differences.accept(
                  "run %d: expected revision %d, found %d".formatted(run, i, row.revision));
              return;
            }
            if (row.pane.compareTo(before) < 0 || (row.pane == before && before == Pane.ON_TIME)) {
              differences.accept(
                  "run %d: expected no %s row after the %s one, found revision %d"
                      .formatted(run, row.pane, before, row.revision));
              return;
            }
            if (row.pane == Pane.LATE && before == Pane.EARLY && i > 0) {
              differences.accept(
                  "run %d: expected an ON_TIME row before the LATE one, found none".formatted(run));
              return;
            }
            before = row.pane;
          }
        });
  }

  /** The runs whose first row is LATE: then all their readings came after the window had ended. */
  List<Integer> runsThatBeganLate() {
    return rows.stream()
        .filter(row -> row.revision == 0 && row.pane == Pane.LATE)
        .map(Row::run)
        .toList();
  }
}
