package coarsen.viewer;

import coarsen.records.EventTime;
import coarsen.records.Fidelity;
import coarsen.records.WindowSummary;
import java.util.List;
import java.util.Locale;

/** The fidelity of windows, as lines to print below their table. */
final class FidelityLines {
  private FidelityLines() {}

  static List<String> of(List<WindowSummary> windows) {
    if (windows.isEmpty()) {
      return List.of("no windows, so no statistics");
    }
    var fidelity = new Fidelity();
    windows.forEach(fidelity::add);
    // A series has a row of its own in each window.
    String rows = windows.stream().anyMatch(window -> window.series() != null) ? "rows" : "windows";
    return List.of(
        line(rows, String.valueOf(fidelity.windows())),
        line("readings", String.valueOf(fidelity.readings())),
        line("readings per row", RowTables.rounded(fidelity.readingsPerRow())),
        line("rms error of the mean", RowTables.rounded(fidelity.meanError())),
        line("worst stddev", RowTables.rounded(fidelity.worstDeviation()))
            + "  in the window from "
            + EventTime.format(fidelity.worstStartMicros()),
        line(rows + " with a spike", String.valueOf(fidelity.spikes())));
  }

  private static String line(String label, String value) {
    return String.format(Locale.ROOT, "%-24s%12s", label, value);
  }
}
