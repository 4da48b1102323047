package coarsen.viewer.model;

import coarsen.records.SeriesPattern;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which series a user wants to see, at most {@link #MOST} at a time. */
public sealed interface Selection {
  /** As many lines as can be told apart, by colour and on one plot. */
  int MOST = 8;

  /** The name of the line of all readings, whatever their series. */
  String ALL_READINGS = "";

  /** All series, as long as they are few enough. */
  Selection DEFAULT = new Matching(List.of(), MOST);

  /**
   * The series that match a pattern; if there are more than {@code top}, those of the greatest
   * spread.
   *
   * @param patterns as in {@link SeriesPattern}; empty for all series
   * @param top how many, 1 to {@link #MOST}
   */
  record Matching(List<String> patterns, int top) implements Selection {
    /**
     * Checks the patterns and the number.
     *
     * @throws IllegalArgumentException if a pattern is empty, or the number is out of range
     */
    public Matching {
      if (top < 1 || top > MOST) {
        throw new IllegalArgumentException("top=" + top + " is out of range; write 1 to " + MOST);
      }
      patterns.forEach(SeriesPattern::parse);
      patterns = List.copyOf(patterns);
    }
  }

  /**
   * Series by their names, which need not be there (yet).
   *
   * @param colours from a series' name, or {@link #ALL_READINGS}, to its colour, 1 to {@link #MOST}
   */
  record Picked(Map<String, Integer> colours) implements Selection {
    /**
     * Checks and copies the colours.
     *
     * @throws IllegalArgumentException if there are too many, or two have the same colour
     */
    public Picked {
      colours = Collections.unmodifiableMap(new TreeMap<>(colours));
      if (colours.size() > MOST) {
        throw new IllegalArgumentException(TOO_MANY);
      }
      if (colours.values().stream().distinct().count() < colours.size()
          || colours.values().stream().anyMatch(colour -> colour < 1 || colour > MOST)) {
        throw new IllegalArgumentException(
            "series need different colours from 1 to " + MOST + ": " + colours);
      }
    }

    /** Only the line of all readings. */
    public static Picked allReadings() {
      return new Picked(Map.of(ALL_READINGS, 1));
    }

    /**
     * These series and another one, with the first colour that is free.
     *
     * @throws IllegalArgumentException if these are as many as can be shown; the message says so
     */
    public Picked with(String name) {
      if (colours.containsKey(name)) {
        return this;
      }
      if (colours.size() == MOST) {
        throw new IllegalArgumentException(TOO_MANY);
      }
      Map<String, Integer> more = new TreeMap<>(colours);
      more.put(name, free(colours.values()));
      return new Picked(more);
    }

    /** These series without one. */
    public Picked without(String name) {
      Map<String, Integer> fewer = new TreeMap<>(colours);
      fewer.remove(name);
      return new Picked(fewer);
    }
  }

  /** What to say of one series too many. */
  String TOO_MANY = "at most " + MOST + " series are shown; take one out first";

  /** The first colour that no series has; fails if all are taken. */
  static int free(Collection<Integer> colours) {
    int colour = 1;
    while (colours.contains(colour)) {
      colour++;
    }
    if (colour > MOST) {
      throw new IllegalArgumentException(TOO_MANY);
    }
    return colour;
  }
}
