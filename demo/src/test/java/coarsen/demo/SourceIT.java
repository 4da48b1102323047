package coarsen.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.command.CommandException;
import coarsen.kafka.KafkaClients;
import coarsen.outputs.Location;
import coarsen.pipeline.Run;
import coarsen.pipeline.RunSettings;
import coarsen.pipeline.format.JsonFormat;
import coarsen.pipeline.status.RunReport;
import coarsen.pipeline.status.RunStatus;
import coarsen.pipeline.time.EventTimeRules;
import coarsen.testbed.EmbeddedBroker;
import coarsen.testbed.EventTimes;
import coarsen.testbed.Faults;
import coarsen.testbed.Generator;
import coarsen.testbed.GeneratorSettings;
import coarsen.testbed.Pace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run does when its source topic changes under it. */
class SourceIT {
  private static final int COUNT = 1_000;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static EmbeddedBroker broker;
  private static KafkaClients kafka;
  private static Admin admin;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.startTemporary(0);
    kafka = new KafkaClients(broker.bootstrapServers());
    admin = kafka.admin(Map.of());
  }

  @AfterAll
  static void stop() {
    admin.close();
    broker.close();
  }

  private static void generate(String topic) {
    var settings =
        new GeneratorSettings(
            new GeneratorSettings.Target(kafka, topic, 1),
            new Pace(COUNT, Pace.UNTHROTTLED),
            new GeneratorSettings.Content(
                new EventTimes(Instant.parse("2021-01-23T12:00:00Z"), 100), Faults.NONE, 1));
    try (var generator = new Generator(settings, line -> {})) {
      generator.run();
    }
  }

  private Run run(String topic, boolean untilEnd) {
    return Run.start(
        new RunSettings(
            new RunSettings.Source(kafka, topic, RunSettings.From.EARLIEST, untilEnd),
            JsonFormat.DEFAULT,
            EventTimeRules.DEFAULT,
            RunSettings.Outputs.of(
                null, new Location.Files(folder.resolve(topic).toString()), null),
            RunSettings.DEFAULT_MAX_BATCH,
            List.of()),
        "DirectRunner");
  }

  /**
   * Deletes records right after a run has found its offsets, and before it has read any. Where the
   * run was faster, it is tried again.
   */
  private RunReport whileRecordsExpire(String name, long before) throws Exception {
    RunReport report = whileRecordsExpireOf(name, before);
    for (int again = 1;
        again < 10 && report.status().readings().count() > COUNT - before;
        again++) {
      report = whileRecordsExpireOf(name + "-" + again, before);
    }
    return report;
  }

  private RunReport whileRecordsExpireOf(String topic, long before) throws Exception {
    generate(topic);
    Run run = run(topic, true);
    admin
        .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(before)))
        .all()
        .get();
    return assertTimeoutPreemptively(PATIENCE, run::await, "the run must end");
  }

  @Test
  void offsetsThatExpireBeforeTheyAreReadAreReportedInNumbers() throws Exception {
    RunReport report = whileRecordsExpire("expiring", 600);
    RunStatus.Readings readings = report.status().readings();
    assertEquals(COUNT - 600, readings.count(), report::toString);
    assertEquals(600, readings.missedOffsets());
    assertTrue(
        report.toString().contains("MISSED 600 OFFSETS that were gone from the topic"),
        report::toString);
  }

  @Test
  void aRunToTheEndEndsAlthoughEverythingBeforeItsEndExpired() throws Exception {
    RunReport report = whileRecordsExpire("expired", COUNT);
    assertEquals(0, report.status().readings().count(), report::toString);
    assertEquals(COUNT, report.status().readings().missedOffsets(), report::toString);
    assertTrue(report.toString().contains("MISSED 1,000 OFFSETS"), report::toString);
  }

  @Test
  void aTopicThatIsDeletedAndCreatedAgainEndsTheRun() throws Exception {
    generate("recreated");
    Run run = run("recreated", false);
    assertTimeoutPreemptively(
        PATIENCE,
        () -> {
          while (run.status().readings().count() < COUNT) {
            Thread.onSpinWait();
          }
        });
    admin.deleteTopics(List.of("recreated")).all().get();
    assertTimeoutPreemptively(
        PATIENCE,
        () -> {
          while (admin.listTopics().names().get().contains("recreated")) {
            Thread.onSpinWait();
          }
        });
    generate("recreated");
    var failure =
        assertTimeoutPreemptively(PATIENCE, () -> assertThrows(CommandException.class, run::await));
    assertTrue(failure.getMessage().contains("created again"), failure::getMessage);
  }
}
