package coarsen.pipeline;

import coarsen.command.CommandException;
import coarsen.command.Commands;
import coarsen.command.ExitCode;
import coarsen.command.StopOnSignal;
import coarsen.kafka.KafkaOptions;
import coarsen.outputs.Location;
import coarsen.outputs.LocationConverter;
import coarsen.pipeline.read.EventTimeRules;
import coarsen.pipeline.read.InputFormat;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/** {@code ./coarsen run}: the pipeline on a topic of one's own. */
@Command(
    name = "coarsen run",
    description = "Reads a topic and writes raw, reduced and rejected rows.",
    footer =
        "Other options are Beam's, such as --targetParallelism=2. Durations: 250ms, 5s, 10m, 2h, 1d.",
    sortOptions = false)
public final class RunCommand implements Callable<Integer> {
  /** What {@code --until} knows. */
  enum Until {
    END
  }

  private static final Map<String, TimeUnit> UNITS =
      Map.of(
          "s", TimeUnit.SECONDS,
          "ms", TimeUnit.MILLISECONDS,
          "us", TimeUnit.MICROSECONDS,
          "ns", TimeUnit.NANOSECONDS);

  @Option(
      names = "--runner",
      defaultValue = "DirectRunner",
      paramLabel = "NAME",
      description = "DirectRunner, SparkRunner or FlinkRunner (default: ${DEFAULT-VALUE}).")
  private String runner = "";

  @Mixin private final KafkaOptions.Required kafka = new KafkaOptions.Required();

  @Option(
      names = "--topic",
      required = true,
      paramLabel = "NAME",
      description = "Where the readings are.")
  private String topic = "";

  @Option(
      names = "--from",
      defaultValue = "latest",
      paramLabel = "WHERE",
      description = "earliest or latest (default: latest).")
  private RunSettings.From from = RunSettings.From.LATEST;

  @Option(
      names = "--until",
      paramLabel = "end",
      description = "Stop at the end offsets found at the start; else never.")
  private @Nullable Until until;

  @Option(
      names = "--window",
      defaultValue = "5s",
      paramLabel = "TIME",
      description = "Length of a window (default: ${DEFAULT-VALUE}).")
  private Duration window = Duration.ZERO;

  @Option(
      names = "--maxOutOfOrder",
      defaultValue = "2s",
      paramLabel = "TIME",
      description = "How long a window waits for stragglers (default: ${DEFAULT-VALUE}).")
  private Duration maxOutOfOrder = Duration.ZERO;

  @Option(
      names = "--allowedLateness",
      defaultValue = "10m",
      paramLabel = "TIME",
      description = "How long a window can be corrected (default: ${DEFAULT-VALUE}).")
  private Duration allowedLateness = Duration.ZERO;

  @Option(
      names = "--earlyResults",
      defaultValue = "0s",
      paramLabel = "TIME",
      description = "How often to write a row for a window still open (default: never).")
  private Duration earlyResults = Duration.ZERO;

  @Option(
      names = "--maxFutureSkew",
      defaultValue = "1m",
      paramLabel = "TIME",
      description = "How far a reading may be ahead of its Kafka time (default: ${DEFAULT-VALUE}).")
  private Duration maxFutureSkew = Duration.ZERO;

  @Option(
      names = "--timestampField",
      defaultValue = "ts",
      paramLabel = "NAME",
      description = "JSON field of the event time (default: ${DEFAULT-VALUE}).")
  private String timestampField = "";

  @Option(
      names = "--valueField",
      defaultValue = "value",
      paramLabel = "NAME",
      description = "JSON field of the value (default: ${DEFAULT-VALUE}).")
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
      description = "Of integer timestamps: s, ms, us, ns (default: ${DEFAULT-VALUE}).")
  private String timestampUnit = "";

  @Option(
      names = "--maxBatch",
      defaultValue = "20000",
      paramLabel = "N",
      description = "Readings in a batch at most (default: ${DEFAULT-VALUE}).")
  private int maxBatch;

  @Option(
      names = "--rollover",
      defaultValue = "5s",
      paramLabel = "TIME",
      description = "How long a file takes rows before it shows (default: ${DEFAULT-VALUE}).")
  private Duration rollover = Duration.ZERO;

  @Option(
      names = "--rawOutput",
      converter = LocationConverter.class,
      paramLabel = "PLACE",
      description = "topic:NAME or files:DIR, one row for each reading.")
  private @Nullable Location rawOutput;

  @Option(
      names = "--reducedOutput",
      converter = LocationConverter.class,
      paramLabel = "PLACE",
      description = "topic:NAME or files:DIR, one row for each window.")
  private @Nullable Location reducedOutput;

  @Option(
      names = "--rejectedOutput",
      converter = LocationConverter.class,
      paramLabel = "PLACE",
      description = "topic:NAME or files:DIR, one row for each message that is no reading.")
  private @Nullable Location rejectedOutput;

  @Unmatched private List<String> engineOptions = new ArrayList<>();

  /** Runs the command. */
  public static void main(String[] arguments) {
    System.exit(Commands.run(new RunCommand(), arguments));
  }

  @Override
  public Integer call() throws Exception {
    Run run = Run.start(settings(), runner);
    return StopOnSignal.call(
        run::stop,
        () -> {
          RunReport report = run.await();
          System.out.println(report);
          return report.droppedByEngine() == 0 ? ExitCode.OK : ExitCode.FAILED;
        });
  }

  private RunSettings settings() {
    TimeUnit unit = UNITS.get(timestampUnit);
    if (unit == null) {
      throw CommandException.usage(
          "--timestampUnit=" + timestampUnit + " is not one of s, ms, us, ns");
    }
    try {
      return new RunSettings(
          kafka.clients(),
          topic,
          from,
          until != null,
          new InputFormat(timestampField, valueField, inputZone, unit),
          new EventTimeRules(window, maxOutOfOrder, allowedLateness, maxFutureSkew),
          maxBatch,
          rollover,
          earlyResults,
          rawOutput,
          reducedOutput,
          rejectedOutput,
          engineOptions);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    }
  }
}
