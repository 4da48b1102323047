package coarsen.pipeline.inspect;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What the name of a field says about what it holds. */
final class FieldWords {
  private static final Set<String> TIMES =
      Set.of(
          "ts",
          "time",
          "timestamp",
          "date",
          "datetime",
          "epoch",
          "when",
          "at",
          "t",
          "created",
          "recorded",
          "measured",
          "observed",
          "occurred");

  /** Of the event itself, rather than of what happened to it later. */
  private static final Set<String> EVENT_TIMES =
      Set.of("ts", "timestamp", "@timestamp", "time", "eventtime", "datetime", "eventtimestamp");

  private static final List<String> VALUES =
      List.of(
          "value",
          "val",
          "v",
          "reading",
          "measurement",
          "measure",
          "y",
          "temperature",
          "temp",
          "pressure",
          "humidity",
          "speed",
          "power",
          "voltage",
          "current",
          "level",
          "flow",
          "vibration",
          "price",
          "amount",
          "usage",
          "load",
          "duration",
          "latency",
          "rate");

  private static final Set<String> LABELS =
      Set.of(
          "id",
          "ids",
          "uuid",
          "guid",
          "key",
          "seq",
          "sequence",
          "no",
          "nr",
          "num",
          "number",
          "counter",
          "index",
          "idx",
          "offset",
          "partition",
          "version",
          "schema",
          "port",
          "pid",
          "tid",
          "serial",
          "code",
          "status",
          "state",
          "qos",
          "type",
          "year",
          "month",
          "day",
          "hour",
          "minute",
          "second",
          "lat",
          "lon",
          "lng",
          "latitude",
          "longitude",
          "zone");

  /** Of what readings come from, the most telling first. */
  private static final List<String> SERIES =
      List.of(
          "device",
          "sensor",
          "meter",
          "probe",
          "machine",
          "asset",
          "equipment",
          "vehicle",
          "station",
          "node",
          "host",
          "server",
          "instance",
          "tag",
          "channel",
          "line",
          "room",
          "building",
          "site",
          "plant",
          "location",
          "region",
          "source",
          "topic",
          "name",
          "serial",
          "uuid",
          "guid",
          "id");

  /** The {@link #seriesRank} of a name that does not speak of what readings come from. */
  static final int NO_SERIES = SERIES.size();

  /** The {@link #valueRank} of a name that does not speak of a value. */
  static final int NO_VALUE = 2 * VALUES.size();

  private final String name;
  private final List<String> words;

  private FieldWords(String name, List<String> words) {
    this.name = name;
    this.words = words;
  }

  /** The words of a name or JSON pointer: of its last step that is not the index of an array. */
  static FieldWords of(String field) {
    String step =
        field.startsWith("/") ? field.replaceFirst("(/\\d+)+$", "").replaceFirst(".*/", "") : field;
    String split = step.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    return new FieldWords(
        split.replaceAll("[^a-z0-9@]", ""),
        Arrays.stream(split.split("[^a-z]+", -1)).filter(word -> !word.isEmpty()).toList());
  }

  /** 0 for a name of event times, 1 for one of times, 2 for any other. */
  int timeRank() {
    if (EVENT_TIMES.contains(name)) {
      return 0;
    }
    return isTime() ? 1 : 2;
  }

  /** Whether it speaks of a time. */
  boolean isTime() {
    return words.stream().anyMatch(TIMES::contains)
        || name.endsWith("time")
        || name.endsWith("timestamp")
        || name.endsWith("date");
  }

  /** Whether it speaks of an id, a counter, a state or a place rather than of a quantity. */
  boolean isLabel() {
    return words.stream().anyMatch(LABELS::contains)
        || name.endsWith("id")
        || seriesRank() < NO_SERIES;
  }

  /** The lower, the more it speaks of what readings come from, such as {@code sensorId}. */
  int seriesRank() {
    return Stream.concat(words.stream(), Stream.of(name.replaceFirst("(id|name|no|nr)$", "")))
        .mapToInt(SERIES::indexOf)
        .filter(rank -> rank >= 0)
        .min()
        .orElse(NO_SERIES);
  }

  /** The lower, the more it speaks of a value: a name, then a word of it, then any other. */
  int valueRank() {
    int exact = VALUES.indexOf(name.endsWith("s") ? name.substring(0, name.length() - 1) : name);
    if (exact >= 0) {
      return exact;
    }
    return words.stream()
        .mapToInt(VALUES::indexOf)
        .filter(rank -> rank >= 0)
        .map(rank -> rank + VALUES.size())
        .min()
        .orElse(NO_VALUE);
  }
}
