package coarsen.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.command.CommandException;
import coarsen.command.ExitCode;
import coarsen.kafka.KafkaClients;
import coarsen.kafka.Topics;
import coarsen.outputs.Location;
import coarsen.pipeline.Run;
import coarsen.pipeline.RunSettings;
import coarsen.pipeline.claim.OutputClaims;
import coarsen.pipeline.format.JsonFormat;
import coarsen.pipeline.scope.RunFailure;
import coarsen.pipeline.time.EventTimeRules;
import coarsen.testbed.EmbeddedBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two runs on one output, which would write rows of one name. */
class ClaimIT {
  private static EmbeddedBroker broker;
  private static KafkaClients kafka;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.startTemporary(0);
    kafka = new KafkaClients(broker.bootstrapServers());
    try (var topics = new Topics(kafka)) {
      Stream.of("readings", "reduced", "both")
          .forEach(topic -> assertEquals(1, topics.ensure(topic, 1, line -> {})));
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

  @Test
  void anOutputOfARunningRunIsRefusedUntilItEnds() throws Exception {
    var topic = new Location.Topic("reduced");
    var files = new Location.Files(folder.resolve("rejected").toString());
    var other = new Location.Files(folder.resolve("other").toString());
    Run run = start(topic, files);
    try {
      assertInUse(files, other, files);
      // A group needs some seconds to form.
      try (var topics = new Topics(kafka)) {
        while (topics.members("coarsen.writers-of.reduced").orElseThrow().isEmpty()) {
          TimeUnit.MILLISECONDS.sleep(50);
        }
      }
      assertInUse(topic, topic, other);
    } finally {
      end(run);
    }
    end(start(topic, files));
    try (Stream<Path> left = Files.list(folder.resolve("rejected"))) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void ofTwoRunsThatStartAtTheSameTimeTheEarlierEnds() throws Exception {
    var both = new Location.Topic("both");
    var ends = new CompletableFuture<RuntimeException>();
    var laterEnds = new CompletableFuture<RuntimeException>();
    try (OutputClaims earlier = OutputClaims.take(Stream.of(both), kafka)) {
      TimeUnit.MILLISECONDS.sleep(2);
      try (OutputClaims later = OutputClaims.take(Stream.of(both), kafka)) {
        var failure = new RunFailure();
        failure.whenFailed(ends::complete);
        earlier.keep(failure);
        var laterFailure = new RunFailure();
        laterFailure.whenFailed(laterEnds::complete);
        later.keep(laterFailure);
        String message = String.valueOf(ends.get(60, TimeUnit.SECONDS).getMessage());
        assertTrue(message.startsWith("topic:both was taken over by the run of process"), message);
      }
    }
    assertTrue(!laterEnds.isDone());
  }
}
