package coarsen.viewer;

import coarsen.command.CommandException;
import coarsen.viewer.model.Selection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for which series are drawn. */
final class SeriesOptions {
  @Option(
      names = "--series",
      paramLabel = "PATTERN",
      description =
          "Draw the series that match, such as press-04, device=press-04 or 'press-*'; may be given"
              + " more than once (default: all).")
  private List<String> patterns = new ArrayList<>();

  @Option(
      names = "--top",
      paramLabel = "N",
      description =
          "Draw at most N series, 1 to 8: those whose readings of the last 12 to 24 windows have"
              + " the greatest spread, the greatest less the least (default: 8).")
  private @Nullable Integer top;

  @Option(
      names = "--allReadings",
      description = "Draw the readings of all series, and the means of all, as one.")
  private boolean allReadings;

  /**
   * Which series to show.
   *
   * @throws CommandException if an option is out of range, or two contradict each other
   */
  Selection selection() {
    if (allReadings) {
      if (top != null || !patterns.isEmpty()) {
        throw CommandException.usage(
            "--allReadings and "
                + (top == null ? "--series" : "--top")
                + " contradict each other;"
                + " write one of them");
      }
      return Selection.Picked.allReadings();
    }
    if (top != null && (top < 1 || top > Selection.MOST)) {
      throw CommandException.usage(
          "--top=" + top + " is out of range; write 1 to " + Selection.MOST);
    }
    try {
      return new Selection.Matching(patterns, top == null ? Selection.MOST : top);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage("--series=: " + e.getMessage());
    }
  }
}
