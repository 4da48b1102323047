package coarsen.engines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.kafka.KafkaClients;
import coarsen.testbed.EmbeddedBroker;
import coarsen.testbed.TcpProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two live runs with little allowed lateness on an engine in one JVM: one whose connections to the
 * broker are cut for 20 s, and one whose process is suspended for as long, while the producer goes
 * on. A third partition has a reading of 1970 and one that is an hour old, and then nothing.
 */
@Tag("long")
class OutageIT {
  private static final String TOPIC = "readings";
  private static final Duration OUTAGE = Duration.ofSeconds(20);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final AtomicInteger sent = new AtomicInteger();

  @ParameterizedTest
  @ValueSource(strings = {"flink", "spark"})
  void nothingIsLateAndNoWindowIsHeld(String engine) throws Exception {
    try (var proxy = new TcpProxy();
        var broker = EmbeddedBroker.startAdvertising(proxy.address())) {
      proxy.forwardTo(broker.bootstrapServers());
      String direct = broker.directServers();
      Rows cut = new Rows(direct, TOPIC, "cut");
      Rows suspended = new Rows(direct, TOPIC, "suspended");
      var sending = Executors.newSingleThreadScheduledExecutor();
      try (var readings = new ReadingWriter(new KafkaClients(direct), TOPIC, 3);
          JavaProcess cutRun = run(engine, new Rows(proxy.address(), TOPIC, "cut"));
          JavaProcess suspendedRun = run(engine, suspended)) {
        readings.write(2, Instant.parse("1970-01-01T00:00:03Z"), 0);
        readings.write(2, Instant.now().minus(Duration.ofHours(1)), 1);
        var unused =
            sending.scheduleAtFixedRate(() -> send(readings), 0, 50, TimeUnit.MILLISECONDS);
        cut.awaitReduced(1);
        suspended.awaitReduced(1);

        proxy.cut();
        signal("STOP", suspendedRun);
        TimeUnit.SECONDS.sleep(OUTAGE.toSeconds());
        proxy.restore();
        signal("CONT", suspendedRun);

        TimeUnit.SECONDS.sleep(2);
        sending.shutdown();
        assertTrue(sending.awaitTermination(10, TimeUnit.SECONDS));
        cut.awaitRaw(sent.get() + 2);
        suspended.awaitRaw(sent.get() + 2);
        TimeUnit.SECONDS.sleep(15); // The last windows close by themselves.
        for (JavaProcess run : List.of(cutRun, suspendedRun)) {
          run.handle().destroy();
          assertEquals(143, run.exitCode(PATIENCE), run.output());
        }
      } finally {
        sending.shutdownNow();
      }
      assertAllInTime(cut);
      assertAllInTime(suspended);
    }
  }

  private void send(ReadingWriter readings) {
    int n = sent.getAndIncrement();
    readings.write(n % 2, Instant.now(), n);
  }

  private JavaProcess run(String engine, Rows rows) throws Exception {
    String[] options =
        engine.equals("spark")
            ? rows.options(
                "--allowedLateness=10s",
                "--idleTimeout=5s",
                "--sparkMaster=local[2]",
                "--checkpointDir=" + folder.resolve("state"))
            : rows.options("--allowedLateness=10s", "--idleTimeout=5s");
    return JavaProcess.start(
        engine,
        folder,
        engine.equals("spark") ? SparkCluster.environment() : Map.of(),
        Engines.run(engine, options));
  }

  private static void signal(String name, JavaProcess process) throws Exception {
    String pid = String.valueOf(process.handle().pid());
    assertEquals(0, new ProcessBuilder("kill", "-" + name, pid).start().waitFor());
  }

  private void assertAllInTime(Rows rows) {
    String printed = rows.verified("--allowedLateness=10s");
    String count = String.format(Locale.ROOT, "%,d", sent.get() + 2);
    for (String line : List.of("in windows " + count, "late 0", "in open windows 0")) {
      assertTrue(printed.contains(line + "\n"), () -> line + " is not in\n" + printed);
    }
  }
}
