package coarsen.viewer;

import coarsen.command.CommandException;
import coarsen.command.Commands;
import coarsen.command.ExitCode;
import coarsen.command.Location;
import coarsen.command.Progress;
import coarsen.viewer.tail.RowSink;
import coarsen.viewer.tail.Sources;
import coarsen.viewer.verify.Balance;
import coarsen.viewer.verify.Scope;
import coarsen.viewer.verify.Verification;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Proves the reduced rows from the raw ones, and that no reading was lost or doubled. */
@Command(
    name = "coarsen verify",
    sortOptions = false,
    description = {
      "Recomputes every window from the raw rows in exact arithmetic and compares it with the"
          + " window's newest row: mean, count, least, greatest and offsets have to be the same,"
          + " the standard deviation to its last digit. Prints a ledger, then the first ten"
          + " differences, each in a line.",
      "",
    },
    footer = {
      "",
      "It reads what is there now, raw rows twice: of a topic, all messages; of a folder, all files"
          + " *.jsonl. Rows that a running pipeline has not yet written show as differences, so stop"
          + " it first. Of a reading with several raw rows, that of the run which wrote the window's"
          + " newest row counts, else that of the nearest run before, else after; the others are"
          + " repeats. Windows that end after the last closed one are open: they are not compared,"
          + " their readings are counted apart.",
      "",
      "Exit codes: 0 everything balances; 1 there are differences, or it failed while it ran; 2"
          + " wrong options; 3 broker, topic or folder is not there.",
    })
public final class VerifyCommand implements Callable<Integer> {
  enum From {
    EARLIEST,
    LATEST
  }

  @Option(
      names = "--raw",
      required = true,
      paramLabel = "topic:NAME|files:DIR",
      description = "Where the raw rows are.")
  private Location raw;

  @Option(
      names = "--reduced",
      required = true,
      paramLabel = "topic:NAME|files:DIR",
      description = "Where the reduced rows are.")
  private Location reduced;

  @Option(
      names = "--rejected",
      paramLabel = "topic:NAME|files:DIR",
      description = "Where the rejected rows are: none of them may be in raw as well.")
  private @Nullable Location rejected;

  @Option(
      names = "--topic",
      paramLabel = "NAME",
      description =
          "The source: each of its messages has to be in raw or in rejected, up to the last one"
              + " that is, in each partition.")
  private @Nullable String topic;

  @Option(
      names = "--from",
      defaultValue = "earliest",
      paramLabel = "earliest|latest",
      description =
          "Where the first run began in the source; with latest, messages before the first one in"
              + " raw or rejected are not missed (default: ${DEFAULT-VALUE}).")
  private From from = From.EARLIEST;

  @Option(
      names = "--complete",
      description =
          "The pipeline has read to the end (--until=end): no window is open, no message left.")
  private boolean complete;

  @Option(
      names = "--bootstrapServers",
      paramLabel = "HOST:PORT",
      description = "The Kafka broker; needed for topics.")
  private @Nullable String bootstrapServers;

  @Spec private CommandSpec spec;

  private final AtomicLong rowsRead = new AtomicLong();
  private volatile String place = "";

  /** Runs the command. */
  public static void main(String[] arguments) {
    System.exit(Commands.run(new VerifyCommand(), arguments));
  }

  @Override
  public Integer call() {
    check();
    Balance balance = Progress.during(rowsRead::get, () -> "rows, now of " + place, this::verify);
    PrintWriter out = spec.commandLine().getOut();
    balance.lines().forEach(out::println);
    out.flush();
    return balance.balances() ? ExitCode.OK : ExitCode.FAILED;
  }

  private void check() {
    Sources.check("--raw", raw, bootstrapServers);
    Sources.check("--reduced", reduced, bootstrapServers);
    if (rejected != null) {
      Sources.check("--rejected", rejected, bootstrapServers);
    }
    if (topic != null) {
      if (rejected == null) {
        throw CommandException.usage(
            "--topic=" + topic + " needs --rejected as well, or rejected messages look lost");
      }
      if (bootstrapServers == null) {
        throw CommandException.usage(
            "--topic=" + topic + " needs --bootstrapServers=HOST:PORT as well");
      }
    }
  }

  /**
   * Reduced rows first and the source last: what is written meanwhile is then missed by neither.
   */
  private Balance verify() {
    var verification = new Verification(new Scope(complete, from == From.EARLIEST));
    read(reduced, verification::reduced);
    read(raw, verification::rawFirst);
    read(raw, verification::rawAgain);
    if (rejected != null) {
      read(rejected, verification::rejected);
    }
    if (topic != null && bootstrapServers != null) {
      place = "topic:" + topic;
      Map<Integer, Long> ends =
          Sources.readMessagesNow(
              topic,
              bootstrapServers,
              message -> {
                rowsRead.incrementAndGet();
                verification.source(message.partition(), message.offset());
                return true;
              });
      verification.sourceEnds(ends);
    }
    return verification.balance();
  }

  private void read(Location location, RowSink sink) {
    place = location.toString();
    Sources.readNow(
        location,
        bootstrapServers,
        Sources.EVERYTHING,
        (bytes, offset, length) -> {
          rowsRead.incrementAndGet();
          sink.row(bytes, offset, length);
        });
  }
}
