package coarsen.pipeline.format;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What in a message names the series of its readings.
 *
 * @param fields the fields whose values are labels, at least one
 * @param missing the label of a message that lacks it; null if such a message is rejected
 * @param max how many series a partition may have at a time
 */
public record SeriesFields(List<String> fields, @Nullable String missing, int max)
    implements Serializable {

  /** How many series a partition may have at a time, unless told otherwise. */
  public static final int DEFAULT_MAX = 1_000_000;

  /** In place of a field: the message's key. */
  public static final String KEY = "@key";

  /** Checks the number. */
  public SeriesFields {
    fields = List.copyOf(fields);
    if (max < 1) {
      throw new IllegalArgumentException("--maxSeries is " + max + "; it is at least 1");
    }
  }

  /**
   * The fields of an option's value, with commas between them.
   *
   * @throws IllegalArgumentException if it can't be used
   */
  public static SeriesFields parse(String fields, @Nullable String missing, int max) {
    return new SeriesFields(FieldPath.split(fields), missing, max);
  }
}
