package coarsen.viewer;

import coarsen.command.CommandException;
import coarsen.command.Commands;
import coarsen.command.ExitCode;
import coarsen.command.Logging;
import coarsen.command.Progress;
import coarsen.kafka.KafkaClients;
import coarsen.kafka.TopicNames;
import coarsen.outputs.Location;
import coarsen.outputs.RowHandler;
import coarsen.outputs.Tails;
import coarsen.outputs.TopicBounds;
import coarsen.viewer.verify.Balance;
import coarsen.viewer.verify.MessageFormat;
import coarsen.viewer.verify.SourceMessage;
import coarsen.viewer.verify.Verification;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Proves the reduced rows from the raw ones, and that no reading was lost or counted twice. */
@Command(
    name = "coarsen verify",
    sortOptions = false,
    description = {
      "Recomputes every window from the raw rows in exact arithmetic and compares it with the"
          + " window's newest row: mean, count, minimum, maximum and offsets must be the same, the"
          + " standard deviation up to its last digit. Checks that rows of one name are equal, that"
          + " none is missing, and which readings were late. Prints a ledger, then the first ten"
          + " differences, one per line.",
      "",
    },
    footer = {
      "",
      "It reads what the outputs hold now, raw rows twice: of a topic, all messages; of a folder,"
          + " all files *.jsonl. Rows that a running pipeline has not written yet show as"
          + " differences, so stop it first. Of several raw rows of a reading, that of the run that"
          + " wrote the window's newest row counts, else of the nearest run before, else after."
          + " Windows that end after the last closed one are open: they are not compared. Rows that a"
          + " compacted topic has dropped look missing.",
      "",
      "Whether a reading is late follows from the readings before it, and their Kafka timestamps"
          + " where the source is given. The ledger counts those that are late because a partition"
          + " was idle.",
      "",
      "Exit codes: 0 everything balances; 1 there are differences, or it failed while it ran; 2"
          + " wrong options; 3 broker, topic or folder is not there.",
    })
public final class VerifyCommand implements Callable<Integer> {
  enum From {
    EARLIEST,
    LATEST
  }

  @Mixin private final OutputOptions where = new OutputOptions();

  @Option(
      names = "--topic",
      converter = TopicNames.Converter.class,
      paramLabel = "NAME",
      description =
          "The source: each message, up to a partition's last one with a row, must have one, and"
              + " each row a message.")
  private @Nullable String topic;

  @Option(
      names = "--from",
      defaultValue = "earliest",
      paramLabel = "earliest|latest",
      description =
          "Where the first run started; with latest, messages before the first one with a row may"
              + " be missing (default: ${DEFAULT-VALUE}).")
  private From from = From.EARLIEST;

  @Option(
      names = "--complete",
      description =
          "The pipeline has read to the end (--until=end): no window is open, no message unread.")
  private boolean complete;

  @Mixin private final RulesOptions rules = new RulesOptions();

  @Mixin private final ContentOptions content = new ContentOptions();

  @Spec private CommandSpec spec;

  private final AtomicLong rowsRead = new AtomicLong();
  private volatile String place = "";

  /** Runs the command. */
  public static void main(String[] arguments) {
    Logging.quiet(KafkaClients.CONNECTION_LOGGER);
    System.exit(Commands.run(new VerifyCommand(), arguments));
  }

  @Override
  public Integer call() {
    FollowedOutputs outputs = where.outputs();
    checkTopic(outputs);
    var scope =
        new Verification.Scope(complete, from == From.EARLIEST, topic, content.format(topic));
    Balance balance =
        Progress.during(rowsRead::get, () -> "rows, now of " + place, () -> verify(scope, outputs));
    PrintWriter out = spec.commandLine().getOut();
    balance.lines().forEach(out::println);
    out.flush();
    return balance.balances() ? ExitCode.OK : ExitCode.FAILED;
  }

  private void checkTopic(FollowedOutputs outputs) {
    if (topic != null) {
      if (outputs.rejected() == null) {
        throw CommandException.usage(
            "--topic=" + topic + " needs --rejected as well, or rejected messages look lost");
      }
      if (outputs.kafka() == null) {
        throw CommandException.usage(
            "--topic=" + topic + " needs --bootstrapServers=HOST:PORT as well");
      }
    }
  }

  /**
   * Reduced rows first and the source after the outputs, so that rows written meanwhile do not look
   * missing.
   */
  private Balance verify(Verification.Scope scope, FollowedOutputs outputs) {
    KafkaClients kafka = outputs.kafka();
    var verification = new Verification(scope, rules.rules(), InstantSource.system());
    read(outputs.reduced(), kafka, verification::reduced);
    read(outputs.raw(), kafka, verification::rawFirst);
    if (outputs.rejected() != null) {
      read(outputs.rejected(), kafka, verification::rejected);
    }
    if (topic != null && kafka != null) {
      checkSeries(scope, verification);
      readSource(topic, kafka, verification);
    }
    while (verification.nextPass()) {
      if (verification.hasSeries()) {
        read(outputs.reduced(), kafka, verification::reducedAgain);
      }
      read(outputs.raw(), kafka, verification::rawAgain);
    }
    return verification.balance();
  }

  /** Which messages are readings depends on their labels, too. */
  private static void checkSeries(Verification.Scope scope, Verification verification) {
    MessageFormat format = scope.content();
    if (format != null && format.series() == null && verification.usesSeries()) {
      throw CommandException.usage(
          "the outputs have series, so reading the messages (--deep, or --format=influx) needs"
              + " --seriesField=NAME as well: the run's, with its --missingSeries");
    }
  }

  private void readSource(String source, KafkaClients kafka, Verification verification) {
    place = "topic:" + source;
    TopicBounds bounds =
        Tails.readMessagesNow(
            source,
            kafka,
            message -> {
              rowsRead.incrementAndGet();
              verification.source(
                  new SourceMessage(
                      message.partition(),
                      message.offset(),
                      message.timestamp(),
                      message.key(),
                      message.value()));
            });
    verification.sourceBounds(bounds.beginnings(), bounds.ends());
  }

  private void read(Location location, @Nullable KafkaClients kafka, RowHandler handler) {
    place = location.toString();
    Tails.readNow(
        location,
        kafka,
        Tails.EVERYTHING,
        (bytes, offset, length) -> {
          rowsRead.incrementAndGet();
          handler.row(bytes, offset, length);
        });
  }
}
