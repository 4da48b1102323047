package coarsen.testbed;

import coarsen.command.CommandException;
import coarsen.command.Commands;
import coarsen.command.ExitCode;
import coarsen.command.Progress;
import coarsen.command.StopOnSignal;
import coarsen.kafka.KafkaOptions;
import coarsen.kafka.TopicNames;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code coarsen generate}: sends synthetic readings to a topic, with faults on request. */
@Command(
    name = "coarsen generate",
    sortOptions = false,
    sortSynopsis = false,
    description =
        "Sends readings such as {\"ts\":\"2021-01-23T12:12:55.123Z\",\"value\":57} to a topic,"
            + " and prints at the end what it sent.",
    footer = {
      "",
      "A share is from 0 to 1. No message has two faults, and the first 100 (at least one in each",
      "partition) have none: a reading can only be late after others. Kafka timestamps are always now.",
      "Exit codes: 1 a message failed; 2 an option is wrong; 3 no broker, or the topic can't be used."
    })
public final class GenerateCommand implements Callable<Integer> {
  private static final int DEFAULT_EVENT_RATE = 1_000;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private KafkaOptions.Required kafka = new KafkaOptions.Required();

  @Option(
      names = "--topic",
      required = true,
      converter = TopicNames.Converter.class,
      paramLabel = "NAME",
      description = "Created if it does not exist.")
  private String topic = "";

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "4",
      description = "For a topic that is created (default: ${DEFAULT-VALUE}).")
  private int partitions;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "How many messages (default: until Ctrl-C).")
  private @Nullable Long count;

  @Option(
      names = "--rate",
      paramLabel = "N|max",
      defaultValue = "10",
      description =
          "Messages a second, or as many as the broker accepts (default: ${DEFAULT-VALUE}).")
  private String rate = "";

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The same seed gives the same values and faults (default: random).")
  private @Nullable Long seed;

  @Option(
      names = "--shape",
      paramLabel = "uniform|wave",
      defaultValue = "uniform",
      description =
          "Random values from 0 to 99, or a slow wave with noise, steps and spikes (default:"
              + " ${DEFAULT-VALUE}).")
  private Shape shape = Shape.UNIFORM;

  @Option(
      names = "--series",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Devices that send; with 2 or more, readings have a device, such as sensor-1, which is also"
              + " the key (default: ${DEFAULT-VALUE}).")
  private int series;

  @Option(
      names = "--start",
      paramLabel = "TIME",
      description =
          "First event time, such as 2021-01-23T12:00:00Z (default: event times are now).")
  private @Nullable String start;

  @Option(
      names = "--eventRate",
      paramLabel = "N",
      description = "With --start, readings per second of event time (default: 1000).")
  private @Nullable Integer eventRate;

  @Mixin private FaultOptions faults = new FaultOptions();

  /** Runs the command and ends the JVM. */
  public static void main(String[] args) {
    System.exit(Commands.run(new GenerateCommand(), args));
  }

  @Override
  public Integer call() throws Exception {
    GeneratorSettings settings;
    try {
      settings = settings();
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    }
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    try (var generator = new Generator(settings, line -> println(out, line))) {
      println(out, "seed " + settings.content().seed());
      return StopOnSignal.call(
          generator::close,
          () -> {
            Ledger ledger = Progress.during(generator::made, () -> "made", generator::run);
            ledger.lines().forEach(line -> println(out, line));
            return ExitCode.OK;
          });
    }
  }

  GeneratorSettings settings() {
    return new GeneratorSettings(
        new GeneratorSettings.Target(kafka.clients(), topic, partitions),
        new Pace(count == null ? Pace.ENDLESS : count, perSecond()),
        new GeneratorSettings.Content(
            eventTimes(),
            faults.faults(),
            shape,
            series,
            seed == null ? ThreadLocalRandom.current().nextInt(1_000_000_000) : seed));
  }

  private double perSecond() {
    if (rate.equals("max")) {
      return Pace.UNTHROTTLED;
    }
    try {
      return Double.parseDouble(rate);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "--rate=" + rate + " is not a rate; use a number of readings a second, or max", e);
    }
  }

  private @Nullable EventTimes eventTimes() {
    if (start == null) {
      FaultOptions.requireOther(eventRate == null, "--eventRate", "--start");
      return null;
    }
    return new EventTimes(startTime(start), eventRate == null ? DEFAULT_EVENT_RATE : eventRate);
  }

  private static Instant startTime(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "--start=" + text + " is not a time in UTC; write it as 2021-01-23T12:00:00Z", e);
    }
  }

  private static void println(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }
}
