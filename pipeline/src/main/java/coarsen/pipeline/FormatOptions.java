package coarsen.pipeline;

import coarsen.command.CommandException;
import coarsen.command.TimeUnits;
import coarsen.pipeline.format.InfluxFormat;
import coarsen.pipeline.format.InputFormat;
import coarsen.pipeline.format.JsonFormat;
import coarsen.pipeline.format.SeriesFields;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The options that say how messages are to be understood. */
final class FormatOptions {
  /** What {@code --format} knows. */
  enum Format {
    JSON,
    INFLUX
  }

  @Option(
      names = "--format",
      defaultValue = "json",
      paramLabel = "NAME",
      description = "Of messages: json, or influx for Influx line protocol (default: json).")
  private Format format = Format.JSON;

  // Those without a default value here have one that depends on the format, or must be absent.
  @Option(
      names = "--readingsField",
      paramLabel = "NAME",
      description = "Array of readings, if not the message: name or /pointer.")
  private @Nullable String readingsField;

  @Option(
      names = "--timestampField",
      paramLabel = "NAME",
      description = "Field of the event time: name, /json/pointer or @kafka (default: ts).")
  private @Nullable String timestampField;

  @Option(
      names = "--valueField",
      paramLabel = "NAME",
      description = "Of the value: a,b or /json/pointer (default: value; influx: all).")
  private @Nullable String valueField;

  @Option(
      names = "--seriesField",
      paramLabel = "NAME",
      description = "Labels of series: a,b, /pointer, @key; influx: tags, @series (default: none).")
  private @Nullable String seriesField;

  @Option(
      names = "--missingSeries",
      paramLabel = "TEXT",
      description = "Label where a --seriesField is missing (default: rejected).")
  private @Nullable String missingSeries;

  @Option(
      names = "--maxSeries",
      paramLabel = "N",
      description =
          "Series that a partition may have at a time (default: " + SeriesFields.DEFAULT_MAX + ").")
  private @Nullable Integer maxSeries;

  @Option(
      names = "--inputZone",
      paramLabel = "ZONE",
      description = "Zone of timestamps that name none (default: UTC).")
  private @Nullable ZoneId inputZone;

  @Option(
      names = "--timestampUnit",
      paramLabel = "UNIT",
      description = "Of numbers as timestamps: s, ms, us, ns (default: ms; influx: ns).")
  private @Nullable String timestampUnit;

  @Option(
      names = "--timestampFormat",
      paramLabel = "PATTERN",
      description = "Of timestamps in strings, as java.time has it: 'dd.MM.yyyy HH:mm:ss'.")
  private @Nullable String timestampFormat;

  @Option(
      names = "--numbersInStrings",
      description = "Read a value in a string, such as \"12.5\", as the number.")
  private boolean numbersInStrings;

  /**
   * The format that options of a command line mean.
   *
   * @throws CommandException or {@link IllegalArgumentException}, as {@link #format}
   */
  static InputFormat formatOf(List<String> options) {
    var parsed = new FormatOptions();
    new CommandLine(parsed)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(options.toArray(String[]::new));
    return parsed.format();
  }

  /** For people, where the event time is. */
  String time() {
    if (format == Format.INFLUX) {
      return "that of the lines";
    }
    return timestampField == null ? "ts" : timestampField;
  }

  /**
   * The format.
   *
   * @throws CommandException if the unit is not one, or an option does not apply to the format
   * @throws IllegalArgumentException if an option can't be used, or contradicts another
   */
  InputFormat format() {
    return format == Format.INFLUX ? influx() : json();
  }

  private InputFormat json() {
    return new JsonFormat(
        readingsField,
        timestampField == null ? "ts" : timestampField,
        valueField == null ? "value" : valueField,
        inputZone == null ? ZoneId.of("UTC") : inputZone,
        unit(TimeUnit.MILLISECONDS),
        timestampFormat,
        numbersInStrings,
        series());
  }

  private InputFormat influx() {
    refuse("--readingsField", readingsField);
    refuse("--timestampField", timestampField);
    refuse("--timestampFormat", timestampFormat);
    refuse("--inputZone", inputZone);
    return new InfluxFormat(unit(TimeUnit.NANOSECONDS), valueField, numbersInStrings, series());
  }

  private @Nullable SeriesFields series() {
    if (seriesField == null) {
      needsSeries("--missingSeries", missingSeries);
      needsSeries("--maxSeries", maxSeries);
      return null;
    }
    return SeriesFields.parse(
        seriesField, missingSeries, maxSeries == null ? SeriesFields.DEFAULT_MAX : maxSeries);
  }

  private static void needsSeries(String option, @Nullable Object value) {
    if (value != null) {
      throw CommandException.usage(
          option
              + "="
              + value
              + " needs --seriesField=NAME as well, which gives readings a series");
    }
  }

  private static void refuse(String option, @Nullable Object value) {
    if (value != null) {
      throw CommandException.usage(
          option
              + "="
              + value
              + " does not apply to --format=influx, whose lines end with an integer in"
              + " --timestampUnit; leave it out");
    }
  }

  private TimeUnit unit(TimeUnit byDefault) {
    return timestampUnit == null ? byDefault : TimeUnits.parse("--timestampUnit", timestampUnit);
  }
}
