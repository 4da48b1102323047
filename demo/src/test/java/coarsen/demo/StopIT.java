package coarsen.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.command.Commands;
import coarsen.command.ExitCode;
import coarsen.kafka.KafkaClients;
import coarsen.outputs.Location;
import coarsen.pipeline.Run;
import coarsen.pipeline.RunSettings;
import coarsen.pipeline.format.JsonFormat;
import coarsen.pipeline.status.RunStatus;
import coarsen.pipeline.time.EventTimeRules;
import coarsen.testbed.EmbeddedBroker;
import coarsen.testbed.EventTimes;
import coarsen.testbed.Faults;
import coarsen.testbed.Generator;
import coarsen.testbed.GeneratorSettings;
import coarsen.testbed.Pace;
import coarsen.viewer.VerifyCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run without an end that is stopped in the middle of a backlog with stragglers: what it has
 * written must balance, to the last reading.
 */
class StopIT {
  private static final int COUNT = 300_000;
  private static final int STOPS = Integer.getInteger("coarsen.stops");
  private static final int SMALL_BATCHES = 500;

  private static EmbeddedBroker broker;
  private static KafkaClients kafka;

  @TempDir Path folder;

  @BeforeAll
  static void produce() {
    broker = EmbeddedBroker.startTemporary(0);
    kafka = new KafkaClients(broker.bootstrapServers());
    var settings =
        new GeneratorSettings(
            new GeneratorSettings.Target(kafka, "readings", 4),
            new Pace(COUNT, Pace.UNTHROTTLED),
            new GeneratorSettings.Content(
                new EventTimes(Instant.parse("2021-01-23T12:00:00Z"), 1000),
                new Faults(Duration.ofSeconds(8), 0.05, 0.005, Duration.ofHours(1), 0.01, 0.001),
                1));
    try (var generator = new Generator(settings, line -> {})) {
      generator.run();
    }
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private Location files(String kind, int round) {
    return new Location.Files(folder.resolve(kind + round).toString());
  }

  private Run start(int round) {
    return Run.start(
        new RunSettings(
            new RunSettings.Source(kafka, "readings", RunSettings.From.EARLIEST, false),
            JsonFormat.DEFAULT,
            EventTimeRules.DEFAULT,
            RunSettings.Outputs.of(
                files("raw", round), files("reduced", round), files("rejected", round)),
            SMALL_BATCHES,
            List.of()),
        "DirectRunner");
  }

  private String verify(int round) {
    var out = new StringWriter();
    int exitCode =
        Commands.commandLine(new VerifyCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(out))
            .execute(
                "--raw=" + files("raw", round),
                "--reduced=" + files("reduced", round),
                "--rejected=" + files("rejected", round),
                "--topic=readings",
                "--bootstrapServers=" + kafka.bootstrapServers());
    assertEquals(ExitCode.OK, exitCode, () -> "stop " + round + ":\n" + out);
    return out.toString();
  }

  @Test
  void whatAStoppedRunHasWrittenBalances() throws Exception {
    var random = new Random(11);
    long inTheMiddle = 0;
    for (int round = 0; round < STOPS; round++) {
      Run run = start(round);
      long readings = random.nextLong(1, COUNT * 9L / 10);
      while (run.status().readings().count() < readings) {
        Thread.onSpinWait();
      }
      run.stop();
      RunStatus status = run.await().status();
      assertTrue(verify(round).contains("everything balances"));
      inTheMiddle += status.readings().count() < COUNT * 9L / 10 ? 1 : 0;
    }
    assertTrue(inTheMiddle >= STOPS / 2, "most stops came while there was a backlog");
  }
}
