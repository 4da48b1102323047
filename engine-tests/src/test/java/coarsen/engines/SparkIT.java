package coarsen.engines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.command.Commands;
import coarsen.demo.EmbeddedBroker;
import coarsen.pipeline.RunCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bundled jar on a standalone cluster, and on Spark in one JVM. */
class SparkIT {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final int COUNT = 200_000;

  /** More than the cluster has cores for; the last is unused. */
  private static final int PARTITIONS = 6;

  @TempDir static Path folder;
  private static EmbeddedBroker broker;
  private static SparkCluster cluster;
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
    cluster = SparkCluster.start(folder);
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
    broker.close();
  }

  /** Less than one partition is behind the others. */
  private static final String LATENESS = "--allowedLateness=5s";

  private static String checkpoints(String name) {
    return "--checkpointDir=" + folder.resolve(name + "-state");
  }

  private static void assertExit(int expected, JavaProcess process) throws Exception {
    assertEquals(expected, process.exitCode(PATIENCE), process.output());
  }

  @Test
  void inClientModeNothingIsLostAndTheRowsAreThoseOfTheDirectRunner() throws Exception {
    var rows = new Rows(servers, "skewed", "client");
    try (JavaProcess submit =
        cluster.submit(
            List.of("--executor-cores", "2", "--total-executor-cores", "4"),
            rows.options("--until=end", LATENESS, checkpoints("client")))) {
      assertExit(0, submit);
      assertTrue(submit.output().contains("200,000 readings in"), submit.output());
    }
    rows.assertBalanced("--complete");
    assertEquals(direct, rows.finalRows());
  }

  @Test
  void inClusterModeTheExitCodeIsTheDrivers() throws Exception {
    var rows = new Rows(servers, "skewed", "cluster");
    try (JavaProcess submit =
        submitToCluster(rows.options("--until=end", LATENESS, checkpoints("cluster")))) {
      assertExit(0, submit);
    }
    rows.assertBalanced("--complete");
    assertEquals(direct, rows.finalRows());

    var missing = new Rows(servers, "missing", "none");
    try (JavaProcess submit = submitToCluster(missing.options(checkpoints("none")))) {
      assertExit(1, submit);
      assertTrue(submit.output().contains("the driver's state is FAILED"), submit.output());
    }
  }

  private static JavaProcess submitToCluster(String... options) throws IOException {
    List<String> java =
        Engines.run(
            "spark",
            Stream.concat(
                    Stream.of("--deployMode=cluster", "--sparkMaster=" + cluster.master()),
                    Stream.of(options))
                .toArray(String[]::new));
    java.replaceAll(
        option ->
            option.equals(RunCommand.class.getName()) ? "coarsen.spark.SubmitCommand" : option);
    java.add(0, "-Dspark.cores.max=4");
    java.add(0, "-Dspark.executor.cores=2");
    return JavaProcess.start("cluster", folder, SparkCluster.environment(), java);
  }

  @Test
  void aLostExecutorEndsTheRunAtOnce() throws Exception {
    var rows = new Rows(servers, "skewed", "lost");
    try (JavaProcess submit =
        cluster.submit(
            List.of("--executor-cores", "1", "--total-executor-cores", "2"),
            rows.options(checkpoints("lost")))) {
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
  void memoryThatIsTooSmallIsFatal() throws Exception {
    var rows = new Rows(servers, "skewed", "small");
    List<String> java =
        Engines.run(
            "spark", rows.options("--until=end", "--sparkMaster=local[2]", checkpoints("small")));
    java.add(0, "-Dspark.memory.fraction=0.002");
    java.add(0, "-Xmx512m");
    try (JavaProcess run = JavaProcess.start("small", folder, SparkCluster.environment(), java)) {
      assertExit(1, run);
      assertTrue(
          run.output().contains("the memory of Spark's executors is too small"), run.output());
    }
  }

  @Test
  void earlyAndLateRowsComeAndAnUnusedPartitionHoldsNothingBack() throws Exception {
    var rows = new Rows(servers, "live", "live");
    try (var readings = new Readings(servers, "live", 3);
        JavaProcess run = local(rows.options("--sparkMaster=local[2]", "--earlyResults=1s"))) {
      rows.live(readings, run);
      run.handle().destroy();
      assertEquals(143, run.exitCode(PATIENCE), run.output());
    }
    rows.assertBalanced();
  }

  @Test
  void filesAreWholeAlsoOnAFileSystemOfHadoops() throws Exception {
    Path place = Files.createDirectories(folder.resolve("hadoop"));
    try (JavaProcess run =
        local(
            "--sparkMaster=local[2]",
            "--bootstrapServers=" + servers,
            "--topic=skewed",
            "--from=earliest",
            "--until=end",
            LATENESS,
            "--rawOutput=files:" + folder.resolve("files/raw"),
            "--reducedOutput=files:viewfs://test/out/reduced",
            "--checkpointDir=" + folder.resolve("files/state"),
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
  void withoutAFolderThatAllWorkersReachARunOnAClusterDoesNotStart() throws Exception {
    var rows = new Rows(servers, "skewed", "nowhere");
    try (JavaProcess run = local(rows.options("--sparkMaster=" + cluster.master()))) {
      assertExit(2, run);
      assertTrue(run.output().contains("give --checkpointDir=FOLDER"), run.output());
    }
  }

  @Test
  void nothingOfARunInThisJvmStaysBehind() throws Exception {
    var rows = new Rows(servers, "skewed", "clean");
    try (JavaProcess run = local(rows.options("--until=end", LATENESS, "--sparkMaster=local[2]"))) {
      assertExit(0, run);
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(
          List.of(),
          left.filter(file -> file.getFileName().toString().startsWith(".spark")).toList());
    }
    assertEquals(direct, rows.finalRows());
  }
}
