package coarsen.engines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.command.Commands;
import coarsen.demo.EmbeddedBroker;
import coarsen.pipeline.RunCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bundled jar on a session cluster of two task managers, and on Flink in one JVM. */
class FlinkIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int COUNT = 200_000;

  /** More than the cluster has slots for; the last is unused. */
  private static final int PARTITIONS = 6;

  /** Less than one partition is behind the others. */
  private static final String LATENESS = "--allowedLateness=5s";

  @TempDir static Path folder;
  private static EmbeddedBroker broker;
  private static FlinkCluster cluster;
  private static String servers;
  private static SortedMap<String, String> direct;

  @BeforeAll
  static void start() throws Exception {
    broker = EmbeddedBroker.startTemporary(0);
    servers = broker.bootstrapServers();
    try (var readings = new Readings(servers, "skewed", PARTITIONS)) {
      readings.skewed(COUNT, PARTITIONS);
    }
    var rows = new Rows(servers, "skewed", "direct");
    assertEquals(0, Commands.run(new RunCommand(), rows.options("--until=end", LATENESS)));
    rows.assertBalanced("--complete");
    direct = rows.finalRows();
    cluster = FlinkCluster.start(folder);
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
    broker.close();
  }

  private static void assertExit(int expected, JavaProcess process) throws Exception {
    assertEquals(expected, process.exitCode(PATIENCE), process.output());
  }

  private static JavaProcess local(String... options) throws IOException {
    return JavaProcess.start("local", folder, Map.of(), Engines.run("flink", options));
  }

  @Test
  void onAClusterNothingIsLostAndTheRowsAreThoseOfTheDirectRunner() throws Exception {
    var rows = new Rows(servers, "skewed", "cluster");
    try (JavaProcess submit =
        cluster.submit(List.of("-p", "4"), rows.options("--until=end", LATENESS))) {
      assertExit(0, submit);
      assertTrue(submit.output().contains("200,000 readings in"), submit.output());
    }
    rows.assertBalanced("--complete");
    assertEquals(direct, rows.finalRows());
  }

  @Test
  void inOneJvmTheRowsAreTheSameAndInFilesNothingIsMissing() throws Exception {
    var rows = new Rows(servers, "skewed", "local");
    try (JavaProcess run = local(rows.options("--until=end", LATENESS))) {
      assertExit(0, run);
    }
    assertEquals(direct, rows.finalRows());
    Path files = folder.resolve("files");
    try (JavaProcess submit =
        cluster.submit(
            List.of("-p", "4"),
            "--bootstrapServers=" + servers,
            "--topic=skewed",
            "--from=earliest",
            "--until=end",
            LATENESS,
            "--rollover=1h",
            "--rawOutput=files:" + files.resolve("raw"),
            "--reducedOutput=files:" + files.resolve("reduced"))) {
      assertExit(0, submit);
    }
    Rows.assertBalancedFiles(files.resolve("raw"), files.resolve("reduced"));
  }

  @Test
  void earlyAndLateRowsComeAndAnUnusedPartitionAloneInATaskManagerHoldsNothingBack()
      throws Exception {
    var rows = new Rows(servers, "live", "live");
    try (var readings = new Readings(servers, "live", 3);
        JavaProcess submit =
            cluster.submit(List.of("-p", "3"), rows.options("--earlyResults=1s"))) {
      rows.live(readings, submit);
      submit.handle().destroy();
      assertEquals(143, submit.exitCode(PATIENCE), submit.output());
    }
    rows.assertBalanced();
  }

  @Test
  void moreParallelReadersThanPartitionsAreCutBack() throws Exception {
    try (var readings = new Readings(servers, "few", 2)) {
      readings.skewed(10_000, 2);
    }
    var rows = new Rows(servers, "few", "few");
    try (JavaProcess run = local(rows.options("--until=end", "--parallelism=5"))) {
      assertExit(0, run);
      assertTrue(
          run.output().contains("5 parallel readers for 2 partitions are 2 now"), run.output());
    }
    rows.assertBalanced("--complete");
  }

  @Test
  void checkpointsOfRowsInFilesAreRefused() throws Exception {
    try (JavaProcess run =
        local(
            "--bootstrapServers=" + servers,
            "--topic=skewed",
            "--checkpointingInterval=1000",
            "--reducedOutput=files:" + folder.resolve("none"))) {
      assertExit(2, run);
      assertTrue(run.output().contains("write to topics"), run.output());
    }
  }

  @Test
  void aLostTaskManagerEndsTheRunAndTellsWhy() throws Exception {
    try (FlinkCluster own = FlinkCluster.start(folder.resolve("own"))) {
      var rows = new Rows(servers, "skewed", "lost");
      try (JavaProcess submit = own.submit(List.of("-p", "4"), rows.options())) {
        rows.awaitReduced(10);
        own.loseTaskManager();
        assertExit(1, submit);
        assertTrue(submit.output().contains("the pipeline failed"), submit.output());
      }
    }
  }
}
