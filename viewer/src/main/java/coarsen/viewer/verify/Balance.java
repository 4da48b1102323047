package coarsen.viewer.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The result of a verification.
 *
 * @param source null if the source topic was not read
 * @param rejected messages, and parts of messages, in the rejected output
 * @param raw the raw output
 * @param windows the windows that were compared
 * @param notes what one must know to trust the rest, a line each
 * @param differences how many there are
 * @param firstDifferences the first of them, each in a line
 */
public record Balance(
    @Nullable SourceTopic source,
    long rejected,
    RawRows raw,
    Windows windows,
    List<String> notes,
    long differences,
    List<String> firstDifferences) {

  /**
   * The source topic.
   *
   * @param messages all of them
   * @param beforeTheRun those before the first that was read
   * @param notReadYet those after the last that was read
   * @param withoutReading those that need no row, for they hold no reading, nor what should be one
   * @param neverRead those of partitions of which no output has a row, by partition
   * @param gone rows of messages that the topic no longer has, and which can't be looked up
   */
  public record SourceTopic(
      long messages,
      long beforeTheRun,
      long notReadYet,
      long withoutReading,
      SortedMap<Integer, Long> neverRead,
      long gone) {}

  /**
   * The rows of the raw output. Those that are not repeats are the readings in windows, the late
   * ones and those in open windows.
   *
   * @param rows all of them
   * @param inWindows readings in the windows that were compared
   * @param late readings that were too late for their windows
   * @param lateIfIdle those of them that were late only if the clock ran ahead of the readings, as
   *     it does while a partition is idle; rows do not tell
   * @param inOpenWindows readings whose window has no row yet that could hold them
   */
  public record RawRows(long rows, long inWindows, long late, long lateIfIdle, long inOpenWindows) {
    /** Further rows of the same readings: of an older run, or of a bundle that was retried. */
    public long repeats() {
      return rows - inWindows - late - inOpenWindows;
    }
  }

  /**
   * The windows that were compared.
   *
   * @param compared how many
   * @param bySeries those of each series
   * @param series how many series have a row or a reading in them
   * @param repeats further rows that are equal to another of their window, run and revision
   * @param maxMeanDifference the greatest difference between a row's mean and the right one
   */
  public record Windows(
      long compared, long bySeries, long series, long repeats, double maxMeanDifference) {
    Windows and(Windows other) {
      return new Windows(
          compared + other.compared,
          bySeries + other.bySeries,
          series + other.series,
          repeats + other.repeats,
          Math.max(maxMeanDifference, other.maxMeanDifference));
    }
  }

  /** Copies what is mutable. */
  public Balance {
    notes = List.copyOf(notes);
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
      addIfAny(lines, "  before the first run", source.beforeTheRun);
      lines.add(line("  not read yet", source.notReadYet));
      addIfAny(lines, "  without a reading", source.withoutReading);
      if (!source.neverRead.isEmpty()) {
        long count = source.neverRead.values().stream().mapToLong(Long::longValue).sum();
        lines.add(line("  in partitions never read", count) + "  of " + source.neverRead.keySet());
      }
      addIfAny(lines, "rows of deleted messages", source.gone);
    }
    lines.add(line("rejected", rejected));
    lines.add(line("raw rows", raw.rows));
    lines.add(line("  repeats, dropped", raw.repeats()));
    lines.add(line("  in windows", raw.inWindows));
    lines.add(line("  late", raw.late));
    addIfAny(lines, "    only if it was idle before", raw.lateIfIdle);
    lines.add(line("  in open windows", raw.inOpenWindows));
    lines.add(line("windows checked", windows.compared));
    addIfAny(lines, "windows of series checked", windows.bySeries);
    addIfAny(lines, "  series", windows.series);
    addIfAny(lines, "  repeated rows, dropped", windows.repeats);
    lines.add(
        String.format(
            Locale.ROOT,
            "%-30s%15s",
            "greatest difference of a mean",
            windows.maxMeanDifference == 0 ? "0" : String.valueOf(windows.maxMeanDifference)));
    lines.addAll(notes);
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

  private static void addIfAny(List<String> lines, String label, long count) {
    if (count > 0) {
      lines.add(line(label, count));
    }
  }

  private static String line(String label, long count) {
    return String.format(Locale.ROOT, "%-30s%,15d", label, count);
  }
}
