package coarsen.pipeline;

import coarsen.command.CommandException;
import coarsen.command.Commands;
import coarsen.command.ExitCode;
import coarsen.command.StopOnSignal;
import coarsen.kafka.KafkaOptions;
import coarsen.kafka.NativeCodecs;
import coarsen.kafka.TopicNames;
import coarsen.outputs.Location;
import coarsen.outputs.LocationConverter;
import coarsen.pipeline.status.RunReport;
import coarsen.pipeline.status.RunStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code ./coarsen run}: the pipeline on a topic. */
@Command(
    name = "coarsen run",
    customSynopsis = "coarsen run --bootstrapServers=HOST:PORT --topic=NAME [--option=value …]",
    description = "Reads a topic and writes raw, reduced and rejected rows.",
    footer =
        "Other options are Beam's, such as --targetParallelism=2. Durations: 250ms, 5s, 10m, 2h, 1d.",
    sortOptions = false)
public final class RunCommand implements Callable<Integer> {
  /** What {@code --until} knows. */
  enum Until {
    END
  }

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
      converter = TopicNames.Converter.class,
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

  @Mixin private final EventTimeOptions eventTime = new EventTimeOptions();

  @Option(
      names = "--earlyResults",
      defaultValue = "0s",
      paramLabel = "TIME",
      description = "How often to write a row for a window still open (default: never).")
  private Duration earlyResults = Duration.ZERO;

  @Mixin private final FormatOptions format = new FormatOptions();

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
      description = "topic:NAME or files:DIR, one row for each message that is not a reading.")
  private @Nullable Location rejectedOutput;

  @Option(
      names = "--check",
      description = "Only say whether it would run, and what it would reject; write nothing.")
  private boolean check;

  @Spec private CommandSpec spec;

  @Unmatched private List<String> engineOptions = new ArrayList<>();

  /** Runs the command. */
  public static void main(String[] arguments) {
    if (Arrays.asList(arguments).contains("--check")) {
      InspectCommand.quietLogs();
    }
    System.exit(Commands.run(new RunCommand(), arguments));
  }

  @Override
  public Integer call() throws Exception {
    RunSettings settings = settings();
    if (check) {
      return new RunCheck(settings, spec.commandLine().getOut()).check(runner, format.time());
    }
    NativeCodecs.checkFolder();
    Run run = Run.start(settings, runner);
    return StopOnSignal.call(
        run::stop,
        () -> {
          RunReport report = run.await();
          System.out.println(report);
          return exitCode(report.status());
        });
  }

  /** Of a run that ended: it failed if readings are missing in what it wrote. */
  static int exitCode(RunStatus status) {
    boolean complete =
        status.windows().droppedByEngine() == 0 && status.readings().missedOffsets() == 0;
    return complete ? ExitCode.OK : ExitCode.FAILED;
  }

  private RunSettings settings() {
    try {
      return new RunSettings(
          new RunSettings.Source(kafka.clients(), topic, from, until != null),
          format.format(),
          eventTime.rules(),
          new RunSettings.Outputs(rawOutput, reducedOutput, rejectedOutput, rollover, earlyResults),
          maxBatch,
          engineOptions);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    }
  }
}
