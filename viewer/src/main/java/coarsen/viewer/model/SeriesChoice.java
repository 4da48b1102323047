package coarsen.viewer.model;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The series of a picture, and out of how many they were chosen.
 *
 * @param selection by which they were chosen
 * @param colours from a series' name to its colour, in order of name; while no row names a series,
 *     that of all readings alone with colour 0
 * @param known series that were found in the outputs; 0 while no row names one
 * @param isComplete whether these are all; false if there were more than can be kept
 * @param matching of the known series, those that the selection matches
 */
public record SeriesChoice(
    Selection selection,
    Map<String, Integer> colours,
    long known,
    boolean isComplete,
    long matching) {
  /** The colour of readings that are alone: blue, and red for their means. */
  public static final int ALONE = 0;

  /** What is shown while no row names a series. */
  static SeriesChoice withoutSeries(Selection selection) {
    return new SeriesChoice(selection, Map.of(Selection.ALL_READINGS, ALONE), 0, true, 0);
  }

  /** Copies the colours. */
  public SeriesChoice {
    colours = Collections.unmodifiableMap(new TreeMap<>(colours));
  }

  /** Whether the outputs have series. */
  public boolean hasSeries() {
    return known > 0;
  }

  /** Whether series were asked for, and the outputs have none. */
  public boolean isVain() {
    return !hasSeries() && !selection.equals(Selection.DEFAULT);
  }

  /** The shown series as a selection that stays as it is, to which others can be added. */
  public Selection.Picked picked() {
    return hasSeries()
        ? new Selection.Picked(
            colours.containsValue(ALONE) ? Map.of(Selection.ALL_READINGS, 1) : colours)
        : new Selection.Picked(Map.of());
  }
}
