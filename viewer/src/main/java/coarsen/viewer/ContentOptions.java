package coarsen.viewer;

import coarsen.command.CommandException;
import coarsen.viewer.verify.MessageFormat;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options to read what the messages of the source say; those of the format are the run's. */
final class ContentOptions {
  private static final Map<String, TimeUnit> UNITS =
      Map.of(
          "s", TimeUnit.SECONDS,
          "ms", TimeUnit.MILLISECONDS,
          "us", TimeUnit.MICROSECONDS,
          "ns", TimeUnit.NANOSECONDS);

  @Option(
      names = "--deep",
      description =
          "With --topic: reads each message with a second parser and compares its event time, its"
              + " value, or why it is not a reading.")
  private boolean deep;

  @Option(
      names = "--timestampField",
      defaultValue = "ts",
      paramLabel = "NAME",
      description = "With --deep, the run's (default: ${DEFAULT-VALUE}).")
  private String timestampField = "";

  @Option(
      names = "--valueField",
      defaultValue = "value",
      paramLabel = "NAME",
      description = "With --deep, the run's (default: ${DEFAULT-VALUE}).")
  private String valueField = "";

  @Option(
      names = "--inputZone",
      defaultValue = "UTC",
      paramLabel = "ZONE",
      description = "With --deep, the run's (default: ${DEFAULT-VALUE}).")
  private ZoneId inputZone = ZoneId.of("UTC");

  @Option(
      names = "--timestampUnit",
      defaultValue = "ms",
      paramLabel = "UNIT",
      description = "With --deep, the run's: s, ms, us, ns (default: ${DEFAULT-VALUE}).")
  private String timestampUnit = "";

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
    if (!deep) {
      return null;
    }
    if (topic == null) {
      throw CommandException.usage("--deep needs --topic=NAME as well, whose messages it reads");
    }
    TimeUnit unit = UNITS.get(timestampUnit);
    if (unit == null) {
      throw CommandException.usage(
          "--timestampUnit=" + timestampUnit + " is not one of s, ms, us, ns");
    }
    try {
      return new MessageFormat(
          timestampField, valueField, inputZone, unit, timestampFormat, numbersInStrings);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    }
  }
}
