package coarsen.engines;

import static coarsen.engines.SkewedTopic.LATENESS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bundled jar on a standalone cluster, and on Spark in one JVM. */
class SparkIT {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  @TempDir static Path folder;
  private static SkewedTopic skewed;
  private static SparkCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    skewed = new SkewedTopic();
    cluster = SparkCluster.start(folder);
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

  /** All runs use the same folder, to show that none finds another's state. */
  private static String state() {
    return "--checkpointDir=" + folder.resolve("state");
  }

  private static void assertExit(int expected, JavaProcess process) throws Exception {
    assertEquals(expected, process.exitCode(PATIENCE), process.output());
  }

  /** Takes many micro-batches, so that partitions are far apart from one to the next. */
  @Test
  void inClientModeNothingIsLostAndTheRowsEqualThoseOfTheDirectRunner() throws Exception {
    Rows rows = skewed.rows("client");
    try (JavaProcess submit =
        cluster.submit(
            List.of("--executor-cores", "2", "--total-executor-cores", "4"),
            rows.options(
                "--until=end", LATENESS, state(), "--maxBatch=1000", "--maxRecordsPerBatch=8"))) {
      assertExit(0, submit);
      assertTrue(submit.output().contains("200,000 readings in"), submit.output());
    }
    skewed.assertComplete(rows);
  }

  @Test
  void inClusterModeTheExitCodeIsThatOfTheDriver() throws Exception {
    Rows rows = skewed.rows("cluster");
    try (JavaProcess submit =
        cluster.submitDriver(rows.options("--until=end", LATENESS, state()))) {
      assertExit(0, submit);
    }
    skewed.assertComplete(rows);

    Rows missing = skewed.rows("missing", "none");
    try (JavaProcess submit = cluster.submitDriver(missing.options(state()))) {
      assertExit(1, submit);
      // The second is seldom: what the cluster reports instead of a state.
      assertTrue(
          Pattern.compile(
                  "coarsen run: (the driver's state is FAILED|SparkSubmit ended with exit code 255: )")
              .matcher(submit.output())
              .find(),
          submit.output());
    }
  }

  @Test
  @Tag("long")
  void abortedMessagesAreNotReadings() throws Exception {
    Rows rows = skewed.transactions();
    try (JavaProcess submit =
        cluster.submit(
            List.of("--executor-cores", "2", "--total-executor-cores", "4"),
            rows.options("--until=end", state()))) {
      assertExit(0, submit);
    }
    assertTrue(rows.verified("--complete").contains("raw rows 130\n"));
  }

  @Test
  void aLostExecutorFailsTheRunAtOnce() throws Exception {
    Rows rows = skewed.rows("lost");
    try (JavaProcess submit =
        cluster.submit(
            List.of("--executor-cores", "1", "--total-executor-cores", "2"),
            rows.options(state()))) {
      rows.awaitReduced(10);
      ProcessHandle executor = cluster.executors().get(0);
      assertTrue(executor.destroyForcibly());
      assertEquals(1, submit.exitCode(Duration.ofSeconds(30)), submit.output());
      assertTrue(submit.output().contains("Spark lost executor"), submit.output());
    }
  }

  private static JavaProcess local(String... options) throws IOException {
    return JavaProcess.start(
        "local", folder, SparkCluster.environment(), Engines.run("spark", options));
  }

  @Test
  void whatAStoppedRunHasWrittenBalances() throws Exception {
    var random = new Random(11);
    for (int stop = 0; stop < Rows.stops(); stop++) {
      Rows rows = skewed.rows("stop" + stop);
      try (JavaProcess run =
          local(rows.options("--sparkMaster=local[2]", state(), LATENESS, "--maxBatch=200"))) {
        rows.awaitRaw(1 + random.nextInt(SkewedTopic.COUNT * 3 / 4));
        run.handle().destroy();
        assertEquals(143, run.exitCode(PATIENCE), run.output());
      }
      rows.assertBalanced();
    }
  }

  @Test
  void tooLittleExecutorMemoryFailsTheRun() throws Exception {
    Rows rows = skewed.rows("small");
    List<String> java =
        Engines.run("spark", rows.options("--until=end", "--sparkMaster=local[2]", state()));
    java.add(0, "-Dspark.memory.fraction=0.002");
    java.add(0, "-Xmx512m");
    try (JavaProcess run = JavaProcess.start("small", folder, SparkCluster.environment(), java)) {
      assertExit(1, run);
      assertTrue(
          run.output().contains("the memory of Spark's executors is too small"), run.output());
    }
  }

  @Test
  void earlyAndLateRowsAppearAndAnUnusedPartitionHoldsNothingBack() throws Exception {
    Rows rows = skewed.rows("live", "live");
    try (ReadingWriter readings = skewed.readings("live", 3);
        JavaProcess run = local(rows.options("--sparkMaster=local[2]", "--earlyResults=1s"))) {
      rows.writeUntilAllPanes(readings, run);
      run.handle().destroy();
      assertEquals(143, run.exitCode(Duration.ofSeconds(15)), run.output());
      assertTrue(run.output().contains(" readings in "), run.output());
      assertFalse(run.output().contains("Exception"), run.output());
    }
    assertNoStateIn(folder);
    rows.assertBalanced();
  }

  @Test
  void filesAreCompleteAlsoOnAHadoopFileSystem() throws Exception {
    Path place = Files.createDirectories(folder.resolve("hadoop"));
    try (JavaProcess run =
        local(
            "--sparkMaster=local[2]",
            "--bootstrapServers=" + skewed.servers(),
            "--topic=" + SkewedTopic.NAME,
            "--from=earliest",
            "--until=end",
            LATENESS,
            "--rawOutput=files:" + folder.resolve("files/raw"),
            "--reducedOutput=files:viewfs://test/out/reduced",
            state(),
            "--hdfsConfiguration=[{\"fs.defaultFS\":\"viewfs://test/\","
                + "\"fs.viewfs.mounttable.test.link./out\":\""
                + place.toUri()
                + "\"}]")) {
      assertExit(0, run);
    }
    try (Stream<Path> files = Files.walk(folder.resolve("files/raw"))) {
      assertFalse(files.anyMatch(file -> file.getFileName().toString().startsWith(".")));
    }
    Rows.assertBalancedFiles(folder.resolve("files/raw"), place.resolve("reduced"));
  }

  @Test
  void withoutAFolderForItsStateARunOnAClusterDoesNotStart() throws Exception {
    Rows rows = skewed.rows("nowhere");
    try (JavaProcess run = local(rows.options("--sparkMaster=" + cluster.master()))) {
      assertExit(2, run);
      assertTrue(run.output().contains("give --checkpointDir=FOLDER"), run.output());
    }
  }

  @Test
  void aRunThatCannotStartReportsItInOneLineAndLeavesNothingBehind() throws Exception {
    Rows rows = skewed.rows("unknown");
    Path place = folder.resolve("unknown");
    try (JavaProcess run =
        local(rows.options("--sparkMaster=nonsense", "--checkpointDir=" + place))) {
      assertExit(1, run);
      assertTrue(run.output().contains("Could not parse Master URL: 'nonsense'"), run.output());
      assertFalse(run.output().contains("\tat "), run.output());
    }
    assertNoStateIn(place);
  }

  /** Takes many micro-batches, as above. */
  @Test
  void inOneJvmNothingIsLostAndNothingIsLeftBehind() throws Exception {
    Rows rows = skewed.rows("clean");
    try (JavaProcess run =
        local(
            rows.options(
                "--until=end",
                LATENESS,
                "--sparkMaster=local[2]",
                state(),
                "--maxBatch=1000",
                "--maxRecordsPerBatch=24",
                "--batchIntervalMillis=500"))) {
      assertExit(0, run);
    }
    // If it found the first run's state, Spark would resume the first run's pipeline.
    Rows again = skewed.rows("again");
    try (JavaProcess run =
        local(again.options("--until=end", LATENESS, "--sparkMaster=local[2]", state()))) {
      assertExit(0, run);
    }
    skewed.assertComplete(again);
    assertNoStateIn(folder.resolve("state"));
    skewed.assertComplete(rows);
  }

  private static void assertNoStateIn(Path place) throws IOException {
    try (Stream<Path> left = Files.list(place)) {
      assertEquals(
          List.of(),
          left.filter(file -> file.getFileName().toString().startsWith(".spark")).toList());
    }
  }
}
