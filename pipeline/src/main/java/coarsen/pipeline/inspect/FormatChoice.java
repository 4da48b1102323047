package coarsen.pipeline.inspect;

import coarsen.pipeline.format.InputFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Options of the input's format, as a command line has them, such as {@code --timestampUnit=s}.
 *
 * @param options those that were given and those that were found
 * @param formats makes the format that options mean; the one that {@code run} uses
 */
public record FormatChoice(List<String> options, Function<List<String>, InputFormat> formats) {
  static final String READINGS_FIELD = "--readingsField";
  static final String TIMESTAMP_FIELD = "--timestampField";
  static final String VALUE_FIELD = "--valueField";
  static final String TIMESTAMP_UNIT = "--timestampUnit";
  static final String TIMESTAMP_FORMAT = "--timestampFormat";
  static final String NUMBERS_IN_STRINGS = "--numbersInStrings";

  static final String KAFKA_TIME = "@kafka";

  private static final String DEFAULT_TIME = "ts";
  private static final String DEFAULT_VALUE = "value";

  /** Keeps its own list. */
  public FormatChoice {
    options = List.copyOf(options);
  }

  /** The format that the options mean. */
  InputFormat format() {
    return formats.apply(options);
  }

  /** Whether an option is among them. */
  boolean has(String name) {
    return value(name).isPresent();
  }

  /** The value of an option, empty text for one without. */
  Optional<String> value(String name) {
    return options.stream()
        .filter(option -> isOf(name, option))
        .map(option -> option.substring(Math.min(option.length(), name.length() + 1)))
        .findFirst();
  }

  /** The fields of the values, as they are named in messages. */
  List<String> valueFields() {
    return Arrays.stream(value(VALUE_FIELD).orElse(DEFAULT_VALUE).split("(?<!\\\\),", -1))
        .map(name -> name.replace("\\,", ","))
        .toList();
  }

  /** The field of the event time; {@link #KAFKA_TIME} for Kafka's. */
  String timeField() {
    return value(TIMESTAMP_FIELD).orElse(DEFAULT_TIME);
  }

  /** With a field of the event time, and the options that read it. */
  FormatChoice withTime(String name, List<String> options) {
    FormatChoice named = name.equals(DEFAULT_TIME) ? this : with(TIMESTAMP_FIELD + "=" + name);
    return named.with(options);
  }

  /** With a field of the value, and the options that read it. */
  FormatChoice withValue(String name, List<String> options) {
    FormatChoice named =
        name.equals(DEFAULT_VALUE) ? this : with(VALUE_FIELD + "=" + name.replace(",", "\\,"));
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
        : new FormatChoice(Stream.concat(options.stream(), Stream.of(option)).toList(), formats);
  }

  /** Without the option of a name. */
  FormatChoice without(String name) {
    return new FormatChoice(
        options.stream().filter(option -> !isOf(name, option)).toList(), formats);
  }

  private static boolean isOf(String name, String option) {
    return option.equals(name) || option.startsWith(name + "=");
  }
}
