package coarsen.viewer.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a verification came to. Raw rows without the repeats are the readings in windows, the late
 * ones and those in open windows.
 *
 * @param source null if the source topic was not read
 * @param rawRows rows of the raw output
 * @param repeats raw rows of a reading that another raw row told of
 * @param rejected messages that are in the rejected output
 * @param inWindows readings in the windows that were compared
 * @param late readings that came too late for their windows
 * @param inOpenWindows readings whose window has no row yet that could hold them
 * @param windows windows that were compared
 * @param greatestMeanDifference between a row's mean and the right one
 * @param differences how many there are
 * @param firstDifferences the first ten, each in a line
 */
public record Balance(
    @Nullable SourceTopic source,
    long rawRows,
    long repeats,
    long rejected,
    long inWindows,
    long late,
    long inOpenWindows,
    long windows,
    double greatestMeanDifference,
    long differences,
    List<String> firstDifferences) {

  /**
   * What was found in the source topic.
   *
   * @param messages all of them
   * @param beforeTheRun those before the first that was read
   * @param notReadYet those after the last that was read
   */
  public record SourceTopic(long messages, long beforeTheRun, long notReadYet) {}

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
    lines.add(line("raw rows", rawRows));
    lines.add(line("  repeats, dropped", repeats));
    lines.add(line("  in windows", inWindows));
    lines.add(line("  late", late));
    lines.add(line("  in open windows", inOpenWindows));
    lines.add(line("windows checked", windows));
    lines.add(
        String.format(
            Locale.ROOT,
            "%-30s%15s",
            "greatest difference of a mean",
            greatestMeanDifference == 0 ? "0" : String.valueOf(greatestMeanDifference)));
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
