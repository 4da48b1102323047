package coarsen.pipeline;

import coarsen.command.CommandException;
import coarsen.command.Commands;
import coarsen.command.ExitCode;
import coarsen.command.Logging;
import coarsen.kafka.KafkaClients;
import coarsen.kafka.KafkaOptions;
import coarsen.kafka.NativeCodecs;
import coarsen.kafka.TopicNames;
import coarsen.kafka.Topics;
import coarsen.pipeline.inspect.InspectReport;
import coarsen.pipeline.inspect.Inspection;
import coarsen.pipeline.inspect.TopicSample;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./coarsen inspect}: what a topic holds, and the command line of a run that fits it. */
@Command(
    name = "coarsen inspect",
    description = {
      "Looks at the newest messages of a topic: what they hold, which of their fields could be the"
          + " event time and the value, how many of them a run would reject. Prints the command line"
          + " of a run that reads them.",
      "",
    },
    footer = {
      "",
      "Options of the format that are given are kept; the others are found. Nothing is written,"
          + " created or committed, and no consumer group is joined.",
      "",
      "Exit codes: 0 a run is suggested; 1 no options read these messages; 2 wrong options; 3 broker"
          + " or topic is not there.",
    },
    sortOptions = false)
public final class InspectCommand implements Callable<Integer> {
  private static final int MAX_MESSAGES = 100_000;

  @Mixin private final KafkaOptions.Required kafka = new KafkaOptions.Required();

  @Option(
      names = "--topic",
      required = true,
      converter = TopicNames.Converter.class,
      paramLabel = "NAME",
      description = "The topic to look at.")
  private String topic = "";

  @Option(
      names = "--messages",
      defaultValue = "1000",
      paramLabel = "N",
      description = "How many of the newest messages to look at (default: ${DEFAULT-VALUE}).")
  private int messages;

  @Mixin private final FormatOptions format = new FormatOptions();

  @Spec private CommandSpec spec;

  /** Runs the command. */
  public static void main(String[] arguments) {
    quietLogs();
    System.exit(Commands.run(new InspectCommand(), arguments));
  }

  /** Without an engine, Beam warns of each count that nobody keeps. */
  static void quietLogs() {
    Logging.quiet(KafkaClients.CONNECTION_LOGGER, "org.apache.beam.sdk.metrics");
  }

  @Override
  public Integer call() {
    if (messages < 1 || messages > MAX_MESSAGES) {
      throw CommandException.usage(
          "--messages is %d; it is at least 1 and at most %d".formatted(messages, MAX_MESSAGES));
    }
    KafkaClients clients = kafka.clients();
    var unused = checked(format::format);
    NativeCodecs.checkFolder();
    try (var topics = new Topics(clients)) {
      TopicSample sample = TopicSample.take(clients, topics, topic, messages);
      SortedSet<String> compression = topics.compression(topic, sample.firstOffsets());
      List<String> given = GivenOptions.of(spec, GivenOptions.namesIn(FormatOptions.class));
      Inspection inspection =
          checked(
              () -> Inspection.of(sample, given, FormatOptions::formatOf, InstantSource.system()));
      PrintWriter out = spec.commandLine().getOut();
      InspectReport.of(inspection, compression, connection(), InstantSource.system())
          .forEach(out::println);
      out.flush();
      return inspection.trial().isHopeless() ? ExitCode.FAILED : ExitCode.OK;
    }
  }

  /** Options may contradict each other, and fields that were found. */
  private static <T> T checked(Supplier<T> use) {
    try {
      return use.get();
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    }
  }

  private List<String> connection() {
    return GivenOptions.of(spec, Stream.of("--bootstrapServers", "--kafkaConfig"));
  }
}
