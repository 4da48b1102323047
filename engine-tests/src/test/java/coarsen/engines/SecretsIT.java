package coarsen.engines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clusters whose runs log in over TLS with a client certificate. No page, process, file, log or row
 * has a secret, also where everything is logged.
 */
@Tag("long")
class SecretsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String REFUSED = " refuses the login: Authentication failed";

  @TempDir static Path place;
  private static SecuredTopic secured;
  private static Canaries canaries;
  private static Path config;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    secured = new SecuredTopic(place);
    canaries = secured.canaries();
    config = secured.config("kafka.properties");
  }

  @AfterAll
  static void stop() {
    if (secured != null) {
      secured.close();
    }
  }

  private static void assertExit(int expected, JavaProcess process) throws Exception {
    assertEquals(expected, process.exitCode(PATIENCE), process.output());
  }

  private static void assertComplete(Rows rows) {
    String verified = rows.verified("--complete");
    for (String line : List.of("raw rows 130", "rejected 5", "windows checked 1")) {
      assertTrue(verified.contains(line + "\n"), verified);
    }
  }

  /** Waits until a run has written all rows, and sees what the engine shows meanwhile. */
  private void assertNoneWhileRunning(Rows rows, JavaProcess run, PagesCheck pages, String process)
      throws Exception {
    rows.awaitRaw(130);
    rows.awaitReduced(1);
    rows.awaitRejected(5);
    pages.run();
    canaries.assertNoneInProcesses("--kafkaConfig=" + config, process);
    canaries.assertNoneIn(folder);
    run.handle().destroy();
    assertExit(143, run);
    assertComplete(rows);
  }

  private interface PagesCheck {
    void run() throws Exception;
  }

  private void assertRefusedInOneLine(JavaProcess run) throws Exception {
    assertExit(3, run);
    assertEquals(1, run.output().lines().count(), run.output());
    assertTrue(run.output().contains(REFUSED), run.output());
  }

  /**
   * Asserts that a run fails whose workers find a wrong password, unlike the JVM that submits it.
   */
  private void assertWorkersAreRefused(Starter run) throws Exception {
    Path changed = secured.config("changed.properties");
    String topics = folder.getFileName() + "-changed";
    try (JavaProcess started = run.start(secured.rows(changed, "topic:" + topics))) {
      String unused = started.await("created topic " + topics + "-rejected");
      unused = String.valueOf(secured.wrongConfig("changed.properties"));
      assertExit(1, started);
      String last = started.output().lines().reduce("", (before, line) -> line);
      assertTrue(last.startsWith("coarsen run: the pipeline failed: "), started.output());
      assertTrue(last.contains("Authentication failed"), last);
    }
  }

  private interface Starter {
    JavaProcess start(Rows rows) throws Exception;
  }

  @Test
  void onFlink() throws Exception {
    try (FlinkCluster cluster = FlinkCluster.start(folder, LogLevel.TRACE)) {
      var pages = new Pages(cluster.pages(), canaries);
      Rows topics = secured.rows(config, "topic:flink");
      try (JavaProcess submit =
          cluster.submit(List.of("-p", "3"), topics.options("--checkpointingInterval=500"))) {
        assertNoneWhileRunning(
            topics,
            submit,
            () -> FlinkPages.check(pages, SecuredTopic.NAME, "root-exception"),
            "FLINK_CONF_DIR=" + folder);
      }
      Rows files = secured.rows(config, "files:" + folder.resolve("rows"));
      try (JavaProcess submit = cluster.submit(List.of("-p", "3"), files.options("--until=end"))) {
        assertExit(0, submit);
      }
      assertComplete(files);
      String master = "--flinkMaster=" + cluster.pages().replace("http://", "");
      Starter local =
          rows ->
              JavaProcess.start(
                  "local",
                  folder,
                  Map.of(),
                  Engines.run("flink", rows.options(master, "--parallelism=3")));
      try (JavaProcess run =
          local.start(secured.rows(secured.wrongConfig("wrong.properties"), "topic:wrong"))) {
        assertRefusedInOneLine(run);
      }
      assertWorkersAreRefused(local);
      FlinkPages.check(pages, SecuredTopic.NAME, "Authentication failed");
    }
    canaries.assertNoneIn(folder);
  }

  @Test
  void onSpark() throws Exception {
    try (SparkCluster cluster = SparkCluster.start(folder, LogLevel.TRACE)) {
      String state = "--checkpointDir=" + folder.resolve("state");
      Rows topics = secured.rows(config, "topic:spark");
      int port = SparkCluster.freePort();
      try (JavaProcess submit =
          cluster.submit(
              List.of(
                  "--executor-cores",
                  "2",
                  "--total-executor-cores",
                  "4",
                  "--conf",
                  "spark.eventLog.enabled=true",
                  "--conf",
                  "spark.eventLog.dir=" + Files.createDirectory(folder.resolve("events")),
                  "--conf",
                  "spark.ui.port=" + port),
              topics.options(state))) {
        assertNoneWhileRunning(
            topics,
            submit,
            () -> {
              SparkPages.checkDriver(new Pages("http://127.0.0.1:" + port, canaries));
              String logs = SparkPages.checkCluster(cluster.pages(), canaries);
              assertTrue(
                  logs.contains("ssl.truststore.password = [hidden]"),
                  "the workers' logs do not have the settings of their clients");
            },
            "CoarseGrainedExecutor");
      }
      Rows files = secured.rows(config, "files:" + folder.resolve("rows"));
      try (JavaProcess submit = cluster.submitDriver(files.options("--until=end", state))) {
        assertExit(0, submit);
      }
      assertComplete(files);
      Rows wrong = secured.rows(secured.wrongConfig("wrong.properties"), "topic:wrong");
      try (JavaProcess submit = cluster.submitDriver(wrong.options(state))) {
        assertExit(1, submit);
      }
      Starter local =
          rows ->
              JavaProcess.start(
                  "local",
                  folder,
                  SparkCluster.environment(),
                  Engines.run("spark", rows.options("--sparkMaster=" + cluster.master(), state)));
      try (JavaProcess run = local.start(wrong)) {
        assertRefusedInOneLine(run);
      }
      assertWorkersAreRefused(local);
      String logs = SparkPages.checkCluster(cluster.pages(), canaries);
      assertTrue(logs.contains(REFUSED), "the driver's log does not say why it failed");
    }
    canaries.assertNoneIn(folder);
  }
}
