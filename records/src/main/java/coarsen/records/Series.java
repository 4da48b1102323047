package coarsen.records;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The name of a series: what the readings of one sensor have in common, as an ordered map from
 * label to text, such as {@code {"device":"press-04","field":"temp"}}. Immutable; names that are
 * equal and in use are mostly one object, however many rows and windows they are in.
 *
 * <p>Its {@link #text}, for keys and for people, is {@code device=press-04,field=temp}: labels in
 * the order of their names, with a backslash before {@code ,}, {@code =}, blank and backslash, as
 * in Influx line protocol; a line feed, carriage return or tab is {@code \n}, {@code \r} or {@code
 * \t}, and of any other character that is not {@linkplain TerminalText printable} the code stands
 * in hexadecimal digits, as in JSON. So it may be printed, whoever chose the labels.
 */
public final class Series {
  private static final SeriesCache CACHE = new SeriesCache();

  private final String[] names;
  private final String[] values;
  private final int hash;
  private final String text;

  /** Written for every reading. */
  private final byte[] json;

  private Series(String[] names, String[] values, int hash) {
    this.names = names;
    this.values = values;
    this.hash = hash;
    var labels = new StringBuilder();
    for (int i = 0; i < names.length; i++) {
      labels.append(i == 0 ? "" : ",");
      SeriesText.escape(names[i], labels);
      labels.append('=');
      SeriesText.escape(values[i], labels);
    }
    text = labels.toString();
    json = json(names, values);
  }

  private static byte[] json(String[] names, String[] values) {
    var labels = new JsonBytes(64);
    for (int i = 0; i < names.length; i++) {
      labels.raw(i == 0 ? '{' : ',');
      labels.string(names[i]);
      labels.raw(':');
      labels.string(values[i]);
    }
    labels.raw('}');
    return labels.toBytes();
  }

  /**
   * The series with these labels.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Series of(Map<String, String> labels) {
    SortedMap<String, String> sorted = new TreeMap<>(labels);
    return of(sorted.keySet().toArray(new String[0]), sorted.values().toArray(new String[0]));
  }

  /**
   * The series with these labels.
   *
   * @param names in their order, each once; at least one. It is kept, and must not change
   * @param values by name; copied if kept
   */
  public static Series of(String[] names, String[] values) {
    if (names.length == 0) {
      throw new IllegalArgumentException("a series has at least one label");
    }
    int hash = hash(names, values);
    Series known = CACHE.find(names, values, hash);
    if (known != null) {
      return known;
    }
    var series = new Series(names, values.clone(), hash);
    CACHE.add(series);
    return series;
  }

  /**
   * Parses a {@link #text}.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static Series parse(String text) {
    SortedMap<String, String> labels = new TreeMap<>();
    for (List<String> label : SeriesText.labels(text)) {
      if (labels.put(label.get(0), label.get(1)) != null) {
        throw new IllegalArgumentException(
            "'" + text + "' has the label " + label.get(0) + " twice");
      }
    }
    return of(labels);
  }

  /** For keys and for people, such as {@code device=press-04,field=temp}. */
  public String text() {
    return text;
  }

  /** From label to text, in the order of the labels. */
  public SortedMap<String, String> labels() {
    SortedMap<String, String> labels = new TreeMap<>();
    for (int i = 0; i < names.length; i++) {
      labels.put(names[i], values[i]);
    }
    return Collections.unmodifiableSortedMap(labels);
  }

  /** Appends the labels as a JSON object. */
  void write(JsonBytes to) {
    to.raw(json);
  }

  boolean has(String[] otherNames, String[] otherValues) {
    return (names == otherNames || Arrays.equals(names, otherNames))
        && Arrays.equals(values, otherValues);
  }

  private static int hash(String[] names, String[] values) {
    int hash = 0;
    for (int i = 0; i < names.length; i++) {
      hash = 31 * (31 * hash + names[i].hashCode()) + values[i].hashCode();
    }
    // Text that differs in its last character alone, as that of many sensors, is to differ in all
    // bits (the finalizer of MurmurHash3, by A. Appleby).
    hash = (hash ^ hash >>> 16) * 0x85EBCA6B;
    hash = (hash ^ hash >>> 13) * 0xC2B2AE35;
    return hash ^ hash >>> 16;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Series series
            && hash == series.hash
            && has(series.names, series.values));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return text;
  }
}
