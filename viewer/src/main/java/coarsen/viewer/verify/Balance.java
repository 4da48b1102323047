package coarsen.viewer.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The result of a verification.
 *
 * @param source null if the source topic was not read
 * @param rejected messages in the rejected output
 * @param raw the raw output
 * @param windows the windows that were compared
 * @param differences how many there are
 * @param firstDifferences the first of them, each in a line
 */
public record Balance(
    @Nullable SourceTopic source,
    long rejected,
    RawRows raw,
    Windows windows,
    long differences,
    List<String> firstDifferences) {

  /**
   * The source topic.
   *
   * @param messages all of them
   * @param beforeTheRun those before the first that was read
   * @param notReadYet those after the last that was read
   */
  public record SourceTopic(long messages, long beforeTheRun, long notReadYet) {}

  /**
   * The rows of the raw output. Those that are not repeats are the readings in windows, the late
   * ones and those in open windows.
   *
   * @param rows all of them
   * @param inWindows readings in the windows that were compared
   * @param late readings that were too late for their windows
   * @param inOpenWindows readings whose window has no row yet that could hold them
   */
  public record RawRows(long rows, long inWindows, long late, long inOpenWindows) {
    /** Further rows of the same readings: of an older run, or of a bundle that was retried. */
    public long repeats() {
      return rows - inWindows - late - inOpenWindows;
    }
  }

  /**
   * The windows that were compared.
   *
   * @param compared how many
   * @param maxMeanDifference the greatest difference between a row's mean and the right one
   */
  public record Windows(long compared, double maxMeanDifference) {}

  /** Copies what is mutable. */
  public Balance {
    firstDifferences = List.copyOf(firstDifferences);
  }

  /** Whether there is no difference. */
  public boolean balances() {
    return differences == 0;
  }

  /** The ledger for people, then the differences, then the verdict. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (source != null) {
      lines.add(line("read from the source topic", source.messages));
      if (source.beforeTheRun > 0) {
        lines.add(line("  before the first run", source.beforeTheRun));
      }
      lines.add(line("  not read yet", source.notReadYet));
    }
    lines.add(line("rejected", rejected));
    lines.add(line("raw rows", raw.rows));
    lines.add(line("  repeats, dropped", raw.repeats()));
    lines.add(line("  in windows", raw.inWindows));
    lines.add(line("  late", raw.late));
    lines.add(line("  in open windows", raw.inOpenWindows));
    lines.add(line("windows checked", windows.compared));
    lines.add(
        String.format(
            Locale.ROOT,
            "%-30s%15s",
            "greatest difference of a mean",
            windows.maxMeanDifference == 0 ? "0" : String.valueOf(windows.maxMeanDifference)));
    lines.addAll(firstDifferences);
    if (differences > firstDifferences.size()) {
      lines.add("and " + (differences - firstDifferences.size()) + " more");
    }
    lines.add(
        differences == 0
            ? "everything balances"
            : differences == 1 ? "1 difference" : differences + " differences");
    return lines;
  }

  private static String line(String label, long count) {
    return String.format(Locale.ROOT, "%-30s%,15d", label, count);
  }
}
