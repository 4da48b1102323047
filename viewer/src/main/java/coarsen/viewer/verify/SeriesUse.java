package coarsen.viewer.verify;

import coarsen.records.Reading;
import coarsen.records.WindowSummary;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Which runs wrote rows with series: those of a run have all series or none has. */
final class SeriesUse {
  private static final class OfRun {
    private long with;
    private long without;
    private String firstWith = "";
    private String firstWithout = "";
    private boolean hasWindows;
    private boolean hasWindowsBySeries;
  }

  private final TreeMap<Integer, OfRun> byRun = new TreeMap<>();
  private int lastRun = -1;
  private OfRun last = new OfRun();

  /** Takes a raw row. */
  void add(Reading row) {
    OfRun run = at(row.run());
    if (row.series() == null) {
      if (run.without++ == 0) {
        run.firstWithout = ReadingNames.text(row.partition(), row.offset(), row.index());
      }
    } else if (run.with++ == 0) {
      run.firstWith = ReadingNames.text(row.partition(), row.offset(), row.index());
    }
  }

  /** Takes a reduced row. */
  void add(WindowSummary row) {
    OfRun run = at(row.run());
    run.hasWindows = true;
    run.hasWindowsBySeries |= row.series() != null || row.seriesCount() > 0;
  }

  /** Whether any raw row has a series, or any reduced row is of one. */
  boolean any() {
    return byRun.values().stream().anyMatch(run -> run.with > 0 || run.hasWindowsBySeries);
  }

  /** Reports runs whose rows do not go together. */
  void check(Consumer<String> differences) {
    byRun.forEach(
        (number, run) -> {
          if (run.with > 0 && run.without > 0) {
            differences.accept(
                "run %d: expected a series in all raw rows or in none, found %d with one and %d"
                        .formatted(number, run.with, run.without)
                    + " without, such as reading "
                    + (run.with < run.without ? run.firstWith : run.firstWithout));
          }
          if (run.with > 0 && run.hasWindows && !run.hasWindowsBySeries) {
            differences.accept(
                "run %d: expected reduced rows of series, for raw rows have series, found none"
                    .formatted(number));
          }
          if (run.with == 0 && run.without > 0 && run.hasWindowsBySeries) {
            differences.accept(
                "run %d: expected no reduced rows of series, for raw rows have no series, found some"
                    .formatted(number));
          }
        });
  }

  private OfRun at(int run) {
    if (run != lastRun) {
      lastRun = run;
      last = byRun.computeIfAbsent(run, key -> new OfRun());
    }
    return last;
  }
}
