package coarsen.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.command.Commands;
import coarsen.command.ExitCode;
import coarsen.kafka.KafkaClients;
import coarsen.kafka.Topics;
import coarsen.outputs.Location;
import coarsen.pipeline.Run;
import coarsen.pipeline.RunCommand;
import coarsen.pipeline.RunSettings;
import coarsen.pipeline.format.JsonFormat;
import coarsen.pipeline.time.EventTimeRules;
import coarsen.testbed.EmbeddedBroker;
import coarsen.testbed.TcpProxy;
import coarsen.viewer.VerifyCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two live runs with little allowed lateness over 20 readings a second: one whose connections to
 * the broker are cut for 20 s, and one whose process is suspended for as long, while the producer
 * goes on. Both at once, because a test waits for real.
 */
class OutageIT {
  private static final Duration OUTAGE = Duration.ofSeconds(20);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String TOPIC = "readings";

  @TempDir Path folder;
  private final AtomicLong sent = new AtomicLong();

  @Test
  void nothingIsLateAfterTheBrokerWasAwayOrTheProcessWasSuspended() throws Exception {
    try (var proxy = new TcpProxy();
        var broker = EmbeddedBroker.startAdvertising(proxy.address())) {
      proxy.forwardTo(broker.bootstrapServers());
      var direct = new KafkaClients(broker.directServers());
      try (var topics = new Topics(direct)) {
        var unused = topics.ensure(TOPIC, 2, line -> {});
      }
      var sending = Executors.newSingleThreadScheduledExecutor();
      try (Producer<byte[], byte[]> producer = direct.producer(Map.of())) {
        var unused =
            sending.scheduleAtFixedRate(() -> send(producer), 0, 50, TimeUnit.MILLISECONDS);
        Process suspended = suspendedRun(direct);
        Run cut = cutRun(proxy);
        try {
          await(() -> cut.status().readings().count() > 0);
          await(() -> has("suspended-raw", ".raw-") || has("suspended-raw", "raw-"));
          TimeUnit.SECONDS.sleep(2);

          proxy.cut();
          ChildJvm.signal("STOP", suspended);
          TimeUnit.SECONDS.sleep(OUTAGE.toSeconds());
          proxy.restore();
          ChildJvm.signal("CONT", suspended);

          TimeUnit.SECONDS.sleep(2);
          sending.shutdown();
          assertTrue(sending.awaitTermination(10, TimeUnit.SECONDS));
          producer.flush();
          await(() -> cut.status().readings().count() == sent.get());
          TimeUnit.SECONDS.sleep(8); // The last windows close by themselves.
          cut.stop();
          assertEquals(0, cut.await().status().readings().late());
          suspended.destroy();
          assertTrue(suspended.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        } finally {
          suspended.destroyForcibly();
        }
        assertBalances("cut", direct);
        assertBalances("suspended", direct);
      } finally {
        sending.shutdownNow();
      }
    }
  }

  private void send(Producer<byte[], byte[]> producer) {
    long n = sent.getAndIncrement();
    byte[] reading = "{\"ts\":\"%s\",\"value\":%d}".formatted(Instant.now(), n).getBytes(UTF_8);
    var unused = producer.send(new ProducerRecord<>(TOPIC, (int) (n % 2), null, reading));
  }

  private Run cutRun(TcpProxy proxy) {
    return Run.start(
        new RunSettings(
            new RunSettings.Source(
                new KafkaClients(proxy.address()), TOPIC, RunSettings.From.EARLIEST, false),
            JsonFormat.DEFAULT,
            EventTimeRules.DEFAULT.withAllowedLateness(Duration.ofSeconds(10)),
            RunSettings.Outputs.of(
                new Location.Files(folder.resolve("cut-raw").toString()),
                new Location.Files(folder.resolve("cut-reduced").toString()),
                new Location.Files(folder.resolve("cut-rejected").toString())),
            RunSettings.DEFAULT_MAX_BATCH,
            List.of()),
        "DirectRunner");
  }

  private Process suspendedRun(KafkaClients kafka) throws Exception {
    return ChildJvm.start(
        folder.resolve("suspended.log"),
        "-Xmx256m",
        RunCommand.class.getName(),
        "--bootstrapServers=" + kafka.bootstrapServers(),
        "--topic=" + TOPIC,
        "--from=earliest",
        "--allowedLateness=10s",
        "--rawOutput=files:" + folder.resolve("suspended-raw"),
        "--reducedOutput=files:" + folder.resolve("suspended-reduced"),
        "--rejectedOutput=files:" + folder.resolve("suspended-rejected"));
  }

  private boolean has(String name, String prefix) {
    try (Stream<Path> files = Files.list(folder.resolve(name))) {
      return files.anyMatch(file -> file.getFileName().toString().startsWith(prefix));
    } catch (IOException e) {
      return false;
    }
  }

  private static void await(BooleanSupplier condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "it takes too long");
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private void assertBalances(String name, KafkaClients kafka) {
    var printed = new StringWriter();
    int exitCode =
        Commands.commandLine(new VerifyCommand())
            .setOut(new PrintWriter(printed))
            .setErr(new PrintWriter(printed))
            .execute(
                "--raw=files:" + folder.resolve(name + "-raw"),
                "--reduced=files:" + folder.resolve(name + "-reduced"),
                "--rejected=files:" + folder.resolve(name + "-rejected"),
                "--topic=" + TOPIC,
                "--bootstrapServers=" + kafka.bootstrapServers());
    assertEquals(ExitCode.OK, exitCode, () -> name + ":\n" + printed);
    List<String> lines =
        printed.toString().lines().map(line -> line.strip().replaceAll(" +", " ")).toList();
    String count = String.format(Locale.ROOT, "%,d", sent.get());
    assertTrue(lines.contains("in windows " + count), () -> name + ":\n" + printed);
    assertTrue(lines.contains("late 0"), () -> name + ":\n" + printed);
    assertTrue(lines.contains("in open windows 0"), () -> name + ":\n" + printed);
  }
}
