package coarsen.pipeline.inspect;

import coarsen.pipeline.format.InputFormat;
import coarsen.pipeline.format.JsonFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Options of the input's format, as a command line has them, such as {@code --timestampUnit=s}.
 *
 * @param given those that the user gave, which are kept
 * @param found those that were found
 * @param formats makes the format that options mean; the one that {@code run} uses
 */
public record FormatChoice(
    List<String> given, List<String> found, Function<List<String>, InputFormat> formats) {
  static final String FORMAT = "--format";
  static final String READINGS_FIELD = "--readingsField";
  static final String TIMESTAMP_FIELD = "--timestampField";
  static final String VALUE_FIELD = "--valueField";
  static final String SERIES_FIELD = "--seriesField";
  static final String MISSING_SERIES = "--missingSeries";
  static final String MAX_SERIES = "--maxSeries";
  static final String TIMESTAMP_UNIT = "--timestampUnit";
  static final String TIMESTAMP_FORMAT = "--timestampFormat";
  static final String INPUT_ZONE = "--inputZone";
  static final String NUMBERS_IN_STRINGS = "--numbersInStrings";

  static final String DEFAULT_UNIT = "ms";

  private static final String DEFAULT_TIME = "ts";
  private static final String DEFAULT_VALUE = "value";

  /** Keeps its own lists. */
  public FormatChoice {
    given = List.copyOf(given);
    found = List.copyOf(found);
  }

  /** All options. */
  public List<String> options() {
    return Stream.concat(given.stream(), found.stream()).toList();
  }

  /** The format that the options mean. */
  InputFormat format() {
    return formats.apply(options());
  }

  /** Whether an option is among them. */
  boolean has(String name) {
    return value(name).isPresent();
  }

  /** The value of an option, empty text for one without. */
  Optional<String> value(String name) {
    return options().stream()
        .filter(option -> isOf(name, option))
        .map(option -> option.substring(Math.min(option.length(), name.length() + 1)))
        .findFirst();
  }

  /** Whether messages are Influx line protocol, not JSON. */
  boolean isInflux() {
    return value(FORMAT).filter("influx"::equalsIgnoreCase).isPresent();
  }

  /** The fields of the values, as they are named in messages; none for all. */
  List<String> valueFields() {
    return value(VALUE_FIELD)
        .or(() -> isInflux() ? Optional.empty() : Optional.of(DEFAULT_VALUE))
        .map(JsonFormat::fieldNames)
        .orElse(List.of());
  }

  /** The field of the event time; {@link JsonFormat#KAFKA_TIME} for Kafka's. */
  String timeField() {
    return isInflux() ? LineFields.TIME : value(TIMESTAMP_FIELD).orElse(DEFAULT_TIME);
  }

  /** The unit of times that are numbers, unless an option names it. */
  String defaultUnit() {
    return isInflux() ? "ns" : DEFAULT_UNIT;
  }

  /** With a field of the event time, and the options that read it. */
  FormatChoice withTime(String name, List<String> options) {
    FormatChoice named = name.equals(timeField()) ? this : with(TIMESTAMP_FIELD + "=" + name);
    return named.with(options);
  }

  /** With a field of the value, and the options that read it. */
  FormatChoice withValue(String name, List<String> options) {
    FormatChoice named =
        valueFields().contains(name) ? this : with(VALUE_FIELD + "=" + name.replace(",", "\\,"));
    return named.with(options);
  }

  /** With other options, unless they are there already. */
  FormatChoice with(List<String> more) {
    FormatChoice all = this;
    for (String option : more) {
      all = all.with(option);
    }
    return all;
  }

  /** With another option, unless it is there already. */
  FormatChoice with(String option) {
    String name = option.split("=", 2)[0];
    return has(name)
        ? this
        : new FormatChoice(
            given, Stream.concat(found.stream(), Stream.of(option)).toList(), formats);
  }

  /** Without the option of a name. */
  FormatChoice without(String name) {
    return new FormatChoice(without(name, given), without(name, found), formats);
  }

  private static List<String> without(String name, List<String> options) {
    return options.stream().filter(option -> !isOf(name, option)).toList();
  }

  /** The zone of times without one, if it was found, not given. */
  Optional<String> foundZone() {
    return given.stream().noneMatch(option -> isOf(INPUT_ZONE, option))
        ? value(INPUT_ZONE)
        : Optional.empty();
  }

  private static boolean isOf(String name, String option) {
    return option.equals(name) || option.startsWith(name + "=");
  }
}
