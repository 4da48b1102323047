package coarsen.engines;

import static coarsen.engines.SkewedTopic.LATENESS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bundled jar on a session cluster of two task managers, and on Flink in one JVM. */
class FlinkIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  @TempDir static Path folder;
  private static SkewedTopic skewed;
  private static FlinkCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    skewed = new SkewedTopic();
    cluster = FlinkCluster.start(folder);
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
    if (skewed != null) {
      skewed.close();
    }
  }

  private static void assertExit(int expected, JavaProcess process) throws Exception {
    assertEquals(expected, process.exitCode(PATIENCE), process.output());
  }

  private static JavaProcess local(String... options) throws IOException {
    return JavaProcess.start("local", folder, Map.of(), Engines.run("flink", options));
  }

  @Test
  void onAClusterNothingIsLostAndTheRowsEqualThoseOfTheDirectRunner() throws Exception {
    Rows rows = skewed.rows("cluster");
    try (JavaProcess submit =
        cluster.submit(List.of("-p", "4"), rows.options("--until=end", LATENESS))) {
      assertExit(0, submit);
      assertTrue(submit.output().contains("200,000 readings in"), submit.output());
    }
    skewed.assertComplete(rows);
    rows.assertRawInOrder();
  }

  @Test
  void inOneJvmTheRowsAreTheSameAndFilesAreComplete() throws Exception {
    Rows rows = skewed.rows("local");
    try (JavaProcess run = local(rows.options("--until=end", LATENESS))) {
      assertExit(0, run);
    }
    skewed.assertComplete(rows);
    Path files = folder.resolve("files");
    try (JavaProcess submit =
        cluster.submit(
            List.of("-p", "4"),
            "--bootstrapServers=" + skewed.servers(),
            "--topic=" + SkewedTopic.NAME,
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
  void earlyAndLateRowsAppearAndAnUnusedPartitionAloneInATaskManagerHoldsNothingBack()
      throws Exception {
    Rows rows = skewed.rows("live", "live");
    try (ReadingWriter readings = skewed.readings("live", 3);
        JavaProcess submit =
            cluster.submit(List.of("-p", "3"), rows.options("--earlyResults=1s"))) {
      rows.writeUntilAllPanes(readings, submit);
      submit.handle().destroy();
      assertEquals(143, submit.exitCode(PATIENCE), submit.output());
      assertFalse(submit.output().contains("\n0 readings in"), submit.output());
    }
    rows.assertBalanced();
  }

  @Test
  @Tag("long")
  void abortedMessagesAreNotReadings() throws Exception {
    Rows rows = skewed.transactions();
    try (JavaProcess submit = cluster.submit(List.of("-p", "3"), rows.options("--until=end"))) {
      assertExit(0, submit);
    }
    assertTrue(rows.verified("--complete").contains("raw rows 130\n"));
  }

  @Test
  void aStoppedRunReportsAllThatItHasRead() throws Exception {
    Rows rows = skewed.rows("stopped");
    try (JavaProcess run = local(rows.options(LATENESS))) {
      rows.awaitRaw(SkewedTopic.COUNT);
      run.handle().destroy();
      assertEquals(143, run.exitCode(PATIENCE), run.output());
      assertTrue(run.output().contains("200,000 readings in"), run.output());
    }
  }

  @Test
  void whatAStoppedRunHasWrittenBalances() throws Exception {
    var random = new Random(11);
    for (int stop = 0; stop < Rows.stops(); stop++) {
      Rows rows = skewed.rows("stop" + stop);
      try (JavaProcess run = local(rows.options(LATENESS, "--maxBatch=200"))) {
        rows.awaitRaw(1 + random.nextInt(SkewedTopic.COUNT * 3 / 4));
        run.handle().destroy();
        assertEquals(143, run.exitCode(PATIENCE), run.output());
      }
      rows.assertBalanced();
    }
  }

  @Test
  void parallelismIsReducedToTheNumberOfPartitions() throws Exception {
    try (ReadingWriter readings = skewed.readings("few", 2)) {
      readings.skewed(10_000, 2);
    }
    Rows rows = skewed.rows("few", "few");
    try (JavaProcess run = local(rows.options("--until=end", "--parallelism=5"))) {
      assertExit(0, run);
      assertTrue(run.output().contains("parallelism is 2, not 5"), run.output());
    }
    rows.assertBalanced("--complete");
  }

  @Test
  void checkpointsWithOutputsInFilesAreRefused() throws Exception {
    try (JavaProcess run =
        local(
            "--bootstrapServers=" + skewed.servers(),
            "--topic=" + SkewedTopic.NAME,
            "--checkpointingInterval=1000",
            "--reducedOutput=files:" + folder.resolve("none"))) {
      assertExit(2, run);
      assertTrue(run.output().contains("write to topics"), run.output());
    }
  }

  /** Small batches make it slow enough to be killed between two checkpoints. */
  @Test
  void afterARestoreFromACheckpointEachReadingIsCountedOnce() throws Exception {
    try (ReadingWriter readings = skewed.readings("restored", 5)) {
      readings.skewed(400_000, 5);
    }
    Rows rows = skewed.rows("restored", "restored");
    try (FlinkCluster own = FlinkCluster.start(folder.resolve("restored"));
        JavaProcess submit =
            own.submit(
                List.of("-p", "4"),
                rows.options(
                    "--until=end", LATENESS, "--maxBatch=20", "--checkpointingInterval=500"))) {
      own.awaitJobManager("Completed checkpoint 4 ");
      rows.awaitReduced(1);
      own.killTaskManager();
      own.replaceTaskManager();
      assertExit(0, submit);
      own.awaitJobManager("Restoring job .* from Checkpoint");
    }
    skewed.assertComplete("restored", rows);
  }

  @Test
  void aLostTaskManagerFailsTheRunWithAMessage() throws Exception {
    try (FlinkCluster own = FlinkCluster.start(folder.resolve("own"))) {
      Rows rows = skewed.rows("lost");
      try (JavaProcess submit = own.submit(List.of("-p", "4"), rows.options())) {
        rows.awaitReduced(10);
        own.killTaskManager();
        assertExit(1, submit);
        assertTrue(submit.output().contains("the pipeline failed"), submit.output());
      }
    }
  }
}
