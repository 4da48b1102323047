package coarsen.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.command.CommandException;
import coarsen.command.ExitCode;
import coarsen.kafka.KafkaClients;
import coarsen.kafka.Topics;
import coarsen.outputs.Location;
import coarsen.pipeline.Run;
import coarsen.pipeline.RunCommand;
import coarsen.pipeline.RunSettings;
import coarsen.pipeline.claim.OutputClaims;
import coarsen.pipeline.format.JsonFormat;
import coarsen.pipeline.time.EventTimeRules;
import coarsen.testbed.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two runs on one output, which would write rows of one name. */
class ClaimIT {
  private static final String GROUP = "coarsen.writers-of.";

  private static EmbeddedBroker broker;
  private static KafkaClients kafka;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.startTemporary(0);
    kafka = new KafkaClients(broker.bootstrapServers());
    try (var topics = new Topics(kafka)) {
      Stream.of("readings", "reduced", "both", "replaced")
          .forEach(topic -> assertEquals(1, topics.ensure(topic, 1, line -> {})));
    }
    byte[] reading = "{\"ts\":\"2021-01-23T12:12:55Z\",\"value\":1}".getBytes(UTF_8);
    try (Producer<byte[], byte[]> producer = kafka.producer(Map.of())) {
      var unused = producer.send(new ProducerRecord<>("readings", reading));
    }
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static Run start(Location reduced, Location rejected) {
    return Run.start(
        new RunSettings(
            new RunSettings.Source(kafka, "readings", RunSettings.From.LATEST, false),
            JsonFormat.DEFAULT,
            EventTimeRules.DEFAULT,
            RunSettings.Outputs.of(null, reduced, rejected),
            RunSettings.DEFAULT_MAX_BATCH,
            List.of()),
        "DirectRunner");
  }

  private static void end(Run run) {
    run.stop();
    var unused = run.await();
  }

  private static void assertInUse(Location shared, Location reduced, Location rejected) {
    var refused = assertThrows(CommandException.class, () -> start(reduced, rejected));
    assertEquals(ExitCode.UNAVAILABLE, refused.exitCode());
    String message = String.valueOf(refused.getMessage());
    assertTrue(
        message.matches(
            "%s is in use by the run of process %d on \\S+, since 20\\S+Z; stop that run, or name another output"
                .formatted(shared, ProcessHandle.current().pid())),
        message);
  }

  /** Those that a check, which claims nothing, finds in use. */
  private static List<Location> inUse(List<Location> outputs) {
    List<Location> inUse = new ArrayList<>();
    try (var topics = new Topics(kafka)) {
      for (Location output : outputs) {
        try {
          OutputClaims.checkFree(output, topics);
        } catch (CommandException e) {
          assertEquals(ExitCode.UNAVAILABLE, e.exitCode());
          inUse.add(output);
        }
      }
    }
    return inUse;
  }

  @Test
  void anOutputOfARunningRunIsRefusedUntilItEnds() throws Exception {
    var topic = new Location.Topic("reduced");
    var files = new Location.Files(folder.resolve("rejected").toString());
    var other = new Location.Files(folder.resolve("other").toString());
    Run run = start(topic, files);
    try {
      assertInUse(files, other, files);
      assertInUse(topic, topic, other);
      assertEquals(List.of(files, topic), inUse(List.of(files, topic, other)));
    } finally {
      end(run);
    }
    assertEquals(List.of(), inUse(List.of(files, topic)));
    end(start(topic, files));
    try (Stream<Path> left = Files.list(folder.resolve("rejected"))) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void ofTwoRunsThatStartAtTheSameTimeOneIsRefused() throws Exception {
    for (int round = 0; round < 5; round++) {
      Location files = new Location.Files(folder.resolve("round" + round).toString());
      Files.createDirectories(folder.resolve("round" + round));
      for (Location output : List.of(new Location.Topic("both"), files)) {
        List<CompletableFuture<OutputClaims>> starts =
            Stream.of(1, 2)
                .map(
                    run ->
                        CompletableFuture.supplyAsync(
                            () -> OutputClaims.take(Stream.of(output), kafka)))
                .toList();
        List<OutputClaims> taken = new ArrayList<>();
        int refused = 0;
        for (CompletableFuture<OutputClaims> start : starts) {
          try {
            taken.add(start.get());
          } catch (ExecutionException e) {
            assertTrue(String.valueOf(e.getMessage()).contains(" is in use by "), e.toString());
            refused++;
          }
        }
        taken.forEach(OutputClaims::close);
        assertEquals(1, refused, output.toString());
      }
    }
  }

  /** A process that is suspended on this machine is seen to be alive, so the taker is elsewhere. */
  @Test
  void aRunThatWasReplacedWhileItWasSuspendedEndsWithAMessage() throws Exception {
    Path log = folder.resolve("suspended.log");
    Process run =
        ChildJvm.start(
            log,
            "-Xmx256m",
            RunCommand.class.getName(),
            "--bootstrapServers=" + broker.bootstrapServers(),
            "--topic=readings",
            "--from=earliest",
            "--rawOutput=files:" + folder.resolve("raw"),
            "--reducedOutput=topic:replaced");
    try (var topics = new Topics(kafka);
        Consumer<byte[], byte[]> taker = kafka.consumer(elsewhere("replaced"))) {
      await(() -> hasRows(folder.resolve("raw")), log);
      ChildJvm.signal("STOP", run);
      await(() -> topics.members(GROUP + "replaced").orElseThrow().isEmpty(), log);
      taker.subscribe(List.of("replaced"));
      await(() -> taker.poll(Duration.ofMillis(100)).isEmpty() && joined(taker), log);
      ChildJvm.signal("CONT", run);
      await(
          () -> {
            var unused = taker.poll(Duration.ofMillis(100));
            return !run.isAlive();
          },
          log);
      String printed = Files.readString(log);
      assertEquals(ExitCode.FAILED, run.exitValue(), printed);
      assertTrue(
          printed.contains(
              "topic:replaced was taken over by the run of process 4711 on elsewhere, since 2026-11-25T14:30:00Z"),
          printed);
    } finally {
      run.destroyForcibly();
    }
  }

  private static boolean joined(Consumer<byte[], byte[]> member) {
    return !member.assignment().isEmpty();
  }

  private static boolean hasRows(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.anyMatch(file -> file.toString().endsWith(".jsonl"));
    } catch (IOException e) {
      return false;
    }
  }

  private static Map<String, Object> elsewhere(String topic) {
    return Map.of(
        "group.id",
        GROUP + topic,
        "client.id",
        "coarsen_2026-11-25T14:30:00Z_4711_0123abcd_unknown_elsewhere");
  }

  private static void await(BooleanSupplier condition, Path log) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, Files.readString(log));
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }
}
