package coarsen.viewer;

import coarsen.command.CommandException;
import coarsen.command.TimeUnits;
import coarsen.viewer.verify.InfluxMessageFormat;
import coarsen.viewer.verify.JsonMessageFormat;
import coarsen.viewer.verify.MessageFormat;
import coarsen.viewer.verify.SeriesFormat;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options to read what the messages of the source say; those of the format are the run's. */
final class ContentOptions {
  /** What {@code --format} knows. */
  enum Format {
    JSON,
    INFLUX
  }

  @Option(
      names = "--deep",
      description =
          "With --topic: reads each message with a second parser and compares its event times and"
              + " values, or why it is not a reading.")
  private boolean deep;

  @Option(
      names = "--format",
      defaultValue = "json",
      paramLabel = "NAME",
      description = "The run's: json, or influx, which implies --deep (default: json).")
  private Format format = Format.JSON;

  @Option(names = "--readingsField", paramLabel = "NAME", description = "With --deep, the run's.")
  private @Nullable String readingsField;

  @Option(
      names = "--timestampField",
      paramLabel = "NAME",
      description = "With --deep, the run's (default: ts).")
  private @Nullable String timestampField;

  @Option(
      names = "--valueField",
      paramLabel = "NAME",
      description = "With --deep, the run's (default: value; influx: all).")
  private @Nullable String valueField;

  @Option(
      names = "--seriesField",
      paramLabel = "NAME",
      description = "With --deep, the run's: compares the names of series, too.")
  private @Nullable String seriesField;

  @Option(names = "--missingSeries", paramLabel = "TEXT", description = "With --deep, the run's.")
  private @Nullable String missingSeries;

  @Option(
      names = "--inputZone",
      paramLabel = "ZONE",
      description = "With --deep, the run's (default: UTC).")
  private @Nullable ZoneId inputZone;

  @Option(
      names = "--timestampUnit",
      paramLabel = "UNIT",
      description = "With --deep, the run's: s, ms, us, ns (default: ms; influx: ns).")
  private @Nullable String timestampUnit;

  @Option(
      names = "--timestampFormat",
      paramLabel = "PATTERN",
      description = "With --deep, the run's.")
  private @Nullable String timestampFormat;

  @Option(names = "--numbersInStrings", description = "With --deep, the run's.")
  private boolean numbersInStrings;

  /**
   * How to read messages; null if they are not to be read.
   *
   * @param topic the source, null if it is not read
   * @throws CommandException if an option is missing or can't be used
   */
  @Nullable MessageFormat format(@Nullable String topic) {
    if (deep && topic == null) {
      throw CommandException.usage("--deep needs --topic=NAME as well, whose messages it reads");
    }
    if (topic == null || (!deep && format == Format.JSON)) {
      if (seriesField != null) {
        throw CommandException.usage(
            "--seriesField="
                + seriesField
                + " needs --topic=NAME and --deep as well, to compare the names of series with the"
                + " messages");
      }
      return null;
    }
    try {
      return format == Format.JSON ? json() : influx();
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    }
  }

  private MessageFormat json() {
    return new JsonMessageFormat(
        readingsField,
        timestampField == null ? "ts" : timestampField,
        valueField == null ? "value" : valueField,
        inputZone == null ? ZoneId.of("UTC") : inputZone,
        unit("ms"),
        timestampFormat,
        numbersInStrings,
        series());
  }

  private MessageFormat influx() {
    if (readingsField != null
        || timestampField != null
        || inputZone != null
        || timestampFormat != null) {
      throw CommandException.usage(
          "--readingsField, --timestampField, --inputZone and --timestampFormat do not apply to"
              + " --format=influx; leave them out");
    }
    return new InfluxMessageFormat(valueField, unit("ns"), numbersInStrings, series());
  }

  private @Nullable SeriesFormat series() {
    if (seriesField == null && missingSeries != null) {
      throw CommandException.usage(
          "--missingSeries=" + missingSeries + " needs --seriesField=NAME as well");
    }
    return seriesField == null ? null : SeriesFormat.parse(seriesField, missingSeries);
  }

  private TimeUnit unit(String byDefault) {
    return TimeUnits.parse("--timestampUnit", timestampUnit == null ? byDefault : timestampUnit);
  }
}
