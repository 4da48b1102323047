package coarsen.pipeline;

import coarsen.command.CommandException;
import coarsen.pipeline.format.InputFormat;
import coarsen.pipeline.format.JsonFormat;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how messages are to be understood. */
final class FormatOptions {
  private static final Map<String, TimeUnit> UNITS =
      Map.of(
          "s", TimeUnit.SECONDS,
          "ms", TimeUnit.MILLISECONDS,
          "us", TimeUnit.MICROSECONDS,
          "ns", TimeUnit.NANOSECONDS);

  @Option(
      names = "--readingsField",
      paramLabel = "NAME",
      description = "Field with the array of readings, if the message is not it: name or /pointer.")
  private @Nullable String readingsField;

  @Option(
      names = "--timestampField",
      defaultValue = "ts",
      paramLabel = "NAME",
      description = "Field of the event time: name, /json/pointer or @kafka (default: ts).")
  private String timestampField = "";

  @Option(
      names = "--valueField",
      defaultValue = "value",
      paramLabel = "NAME",
      description = "Field of the value: name or /json/pointer; several: a,b (default: value).")
  private String valueField = "";

  @Option(
      names = "--inputZone",
      defaultValue = "UTC",
      paramLabel = "ZONE",
      description = "Zone of timestamps that name none (default: ${DEFAULT-VALUE}).")
  private ZoneId inputZone = ZoneId.of("UTC");

  @Option(
      names = "--timestampUnit",
      defaultValue = "ms",
      paramLabel = "UNIT",
      description = "Of timestamps that are numbers: s, ms, us, ns (default: ${DEFAULT-VALUE}).")
  private String timestampUnit = "";

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
   * The format.
   *
   * @throws CommandException if the unit is not one
   * @throws IllegalArgumentException if an option can't be used, or contradicts another
   */
  InputFormat format() {
    TimeUnit unit = UNITS.get(timestampUnit);
    if (unit == null) {
      throw CommandException.usage(
          "--timestampUnit=" + timestampUnit + " is not one of s, ms, us, ns");
    }
    return new JsonFormat(
        readingsField,
        timestampField,
        valueField,
        inputZone,
        unit,
        timestampFormat,
        numbersInStrings);
  }
}
