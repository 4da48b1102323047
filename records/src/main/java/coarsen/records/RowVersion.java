package coarsen.records;

import java.util.Comparator;

/**
 * Which of several rows of a window is the newest: the one with the greatest version, that is the
 * greatest run and, within it, the greatest revision. The newest row replaces all others.
 *
 * @param run how often the pipeline had been restarted on the same outputs, 0 or more
 * @param revision how many rows this run had written for the window before, 0 or more
 */
public record RowVersion(int run, int revision) implements Comparable<RowVersion> {
  private static final Comparator<RowVersion> OLDEST_FIRST =
      Comparator.comparingInt(RowVersion::run).thenComparingInt(RowVersion::revision);

  /** Checks that neither is negative. */
  public RowVersion {
    if (run < 0 || revision < 0) {
      throw new IllegalArgumentException(
          "not a version of a row: run " + run + ", revision " + revision);
    }
  }

  @Override
  public int compareTo(RowVersion other) {
    return OLDEST_FIRST.compare(this, other);
  }
}
