package coarsen.viewer.model;

import java.util.List;

/**
 * The series that a search found, to pick from.
 *
 * @param known all series that were found in the outputs
 * @param isComplete whether these are all; false if there were more than can be kept
 * @param matching how many of them match the search
 * @param first the first of those, by name
 */
public record SeriesList(long known, boolean isComplete, long matching, List<Entry> first) {
  /** Copies the list. */
  public SeriesList {
    first = List.copyOf(first);
  }

  /**
   * One series.
   *
   * @param name its text, such as {@code device=press-04,field=temp}
   * @param spread the greatest less the least reading of its recent windows; NaN before its first
   * @param last the mean of its newest window; NaN before its first
   */
  public record Entry(String name, double spread, double last) {}
}
