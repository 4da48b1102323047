package coarsen.pipeline.format;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
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

  /** In line protocol: the measurement and all tags. */
  public static final String ALL = "@series";

  /** In line protocol: the measurement. */
  static final String MEASUREMENT = "@measurement";

  /** What is not a field. */
  static final List<String> SPECIAL = List.of(ALL, MEASUREMENT, KEY);

  /** The label that says which of several fields has the value. */
  static final String FIELD = "field";

  /** Checks the number, and that fields have names that differ. */
  public SeriesFields {
    fields = List.copyOf(fields);
    for (String field : fields) {
      if (field.isEmpty()) {
        throw new IllegalArgumentException(
            "--seriesField has an empty name; write names such as device,line");
      }
      if (Collections.frequency(fields, field) > 1) {
        throw new IllegalArgumentException(
            "--seriesField names '" + field + "' twice; name each field once");
      }
    }
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

  /** Whether the message's key is a label. */
  boolean hasKey() {
    return fields.contains(KEY);
  }

  /**
   * The names of labels. Where two would be alike, or one empty, they are the fields as given.
   *
   * @param given fields, all different
   * @param brief of each, the name that its label would have
   * @param hasField whether there is a label with the field of the value, which comes last
   * @throws IllegalArgumentException if another has its name
   */
  static List<String> names(List<String> given, List<String> brief, boolean hasField) {
    List<String> names = new ArrayList<>(brief);
    boolean changes = true;
    while (changes) {
      List<String> before = List.copyOf(names);
      for (int i = 0; i < names.size(); i++) {
        if (before.get(i).isEmpty() || Collections.frequency(before, before.get(i)) > 1) {
          names.set(i, given.get(i));
        }
      }
      changes = !names.equals(before);
    }
    if (hasField && names.contains(FIELD)) {
      throw new IllegalArgumentException(
          "--seriesField="
              + given.get(names.indexOf(FIELD))
              + " would be the label 'field', which says where the value is if there may"
              + " be several; leave it out, or name one --valueField");
    }
    if (hasField) {
      names.add(FIELD);
    }
    return names;
  }
}
