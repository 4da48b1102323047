package coarsen.testbed;

import coarsen.command.CommandException;
import coarsen.command.Commands;
import coarsen.command.ExitCode;
import coarsen.command.StopOnSignal;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code coarsen broker}: runs the embedded broker in the foreground, until Ctrl-C or SIGTERM. */
@Command(
    name = "coarsen broker",
    sortOptions = false,
    sortSynopsis = false,
    description = "Runs a Kafka broker on 127.0.0.1 for development, until Ctrl-C.",
    footer = {
      "",
      "It is a real Kafka (KRaft, one node, no authentication). It never deletes records.",
      "Exit codes: 2 an option is wrong; 3 the port is taken or the folder can't be used."
    })
public final class BrokerCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "9092",
      description = "Where it listens; 0 for any free port (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--dataDir",
      paramLabel = "DIR",
      description =
          "Where the topics are kept for the next start (default: a temporary folder, deleted at"
              + " the end).")
  private @Nullable Path dataDir;

  /** Runs the command and ends the JVM. */
  public static void main(String[] args) {
    EmbeddedBroker.quietLogs();
    System.exit(Commands.run(new BrokerCommand(), args));
  }

  @Override
  public Integer call() throws Exception {
    if (port < 0 || port > 65_535) {
      throw CommandException.usage("--port=" + port + " is not a port; use 0 to 65535");
    }
    var stop = new CountDownLatch(1);
    return StopOnSignal.call(stop::countDown, () -> run(stop));
  }

  private int run(CountDownLatch stop) throws InterruptedException {
    try (var broker =
        dataDir == null
            ? EmbeddedBroker.startTemporary(port)
            : EmbeddedBroker.start(port, dataDir)) {
      PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
      out.println("broker: " + broker.bootstrapServers());
      out.println("data folder: " + broker.dataDirectory());
      out.flush();
      stop.await();
    }
    return ExitCode.OK;
  }
}
