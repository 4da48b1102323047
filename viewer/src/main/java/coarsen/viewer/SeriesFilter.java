package coarsen.viewer;

import coarsen.command.CommandException;
import coarsen.records.Series;
import coarsen.records.SeriesPattern;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which rows of an output are printed, and what to say of the series of the others. */
final class SeriesFilter {
  /** As many as are told apart to count them, which takes some 30 MB. */
  private static final int MOST_COUNTED = 100_000;

  private static final int EXAMPLES = 3;

  private final List<SeriesPattern> patterns = new ArrayList<>();
  private final Set<SeriesPattern> matched = new HashSet<>();
  private final Set<Series> found = new HashSet<>();
  private final List<String> examples = new ArrayList<>();
  private final int mostCounted;
  private boolean foundMore;

  /**
   * @param globs as in {@link SeriesPattern}; empty for rows of any series
   * @throws CommandException if one is empty
   */
  SeriesFilter(List<String> globs) {
    this(globs, MOST_COUNTED);
  }

  SeriesFilter(List<String> globs, int mostCounted) {
    this.mostCounted = mostCounted;
    try {
      globs.stream().distinct().map(SeriesPattern::parse).forEach(patterns::add);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage("--series=: " + e.getMessage());
    }
  }

  /** Whether a reading's row is printed: without patterns each is. */
  boolean takesReading(@Nullable Series series) {
    boolean matches = matches(series);
    return patterns.isEmpty() || matches;
  }

  /** Whether a window's row is printed: without patterns, only that of all readings. */
  boolean takesWindow(@Nullable Series series) {
    boolean matches = matches(series);
    return patterns.isEmpty() ? series == null : matches;
  }

  private boolean matches(@Nullable Series series) {
    if (series == null) {
      return false;
    }
    count(series);
    boolean matches = false;
    for (SeriesPattern pattern : patterns) {
      if (pattern.matches(series)) {
        matched.add(pattern);
        matches = true;
      }
    }
    return matches;
  }

  private void count(Series series) {
    if (found.size() < mostCounted) {
      if (found.add(series) && examples.size() < EXAMPLES) {
        examples.add(series.text());
      }
    } else {
      foundMore |= !found.contains(series);
    }
  }

  /**
   * What to say besides the rows: that a pattern matches nothing, or that there are series.
   *
   * @param raw whether rows of all series are printed without patterns
   */
  Optional<String> note(boolean raw) {
    if (found.isEmpty()) {
      return patterns.isEmpty()
          ? Optional.empty()
          : Optional.of("the rows name no series, so --series matches none");
    }
    String number =
        (foundMore ? "more than " : "") + String.format(Locale.ROOT, "%,d series", found.size());
    if (patterns.isEmpty()) {
      return raw
          ? Optional.empty()
          : Optional.of(
              "the rows are of all readings; --series='*' prints those of "
                  + number
                  + ", --series=PATTERN of some");
    }
    List<String> vain =
        patterns.stream()
            .filter(pattern -> !matched.contains(pattern))
            .map(pattern -> "--series=" + pattern)
            .toList();
    return vain.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.join(", ", vain)
                + (vain.size() == 1 ? " matches" : " match")
                + " none of "
                + number
                + ", such as "
                + String.join(" ", examples));
  }
}
