package coarsen.engines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.command.Commands;
import coarsen.pipeline.RunCommand;
import coarsen.testbed.EmbeddedBroker;
import coarsen.testbed.GenerateCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A thousand series whose readings are out of order, late, malformed and from the future: on
 * clusters, too, every message is accounted for, and the rows are those of the direct runner.
 */
@Tag("long")
class SeriesIT {
  private static final String TOPIC = "devices";
  private static final int MESSAGES = 200_000;
  private static final int SERIES = 1_000;
  private static final String END = "--until=end";
  private static final String FIELD = "--seriesField=device";
  private static final Duration PATIENCE = Duration.ofMinutes(6);

  @TempDir static Path folder;
  private static EmbeddedBroker broker;
  private static SortedMap<String, String> direct;

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.startTemporary(0);
    assertEquals(
        0,
        Commands.run(
            new GenerateCommand(),
            "--bootstrapServers=" + broker.bootstrapServers(),
            "--topic=" + TOPIC,
            "--count=" + MESSAGES,
            "--series=" + SERIES,
            "--rate=max",
            "--seed=7",
            "--start=2021-01-23T12:00:00Z",
            "--eventRate=1000",
            "--disorder=8s",
            "--disorderShare=0.05",
            "--lateShare=0.005",
            "--malformedShare=0.01",
            "--futureShare=0.001"));
    Rows rows = rows("direct");
    assertEquals(0, Commands.run(new RunCommand(), rows.options(END, FIELD)));
    assertComplete(rows);
    direct = values(rows);
  }

  @AfterAll
  static void stop() {
    if (broker != null) {
      broker.close();
    }
  }

  private static Rows rows(String run) {
    return new Rows(broker.bootstrapServers(), TOPIC, run);
  }

  /**
   * The newest rows without pane and revision: how often a row was corrected depends on which
   * readings come together.
   */
  private static SortedMap<String, String> values(Rows rows) {
    SortedMap<String, String> values = rows.finalRows();
    values.replaceAll((key, row) -> row.replaceFirst(",\"pane\":.*", ""));
    return values;
  }

  private static void assertComplete(Rows rows) {
    String verified = rows.verified("--complete");
    assertTrue(verified.contains("read from the source topic 200,000\n"), verified);
    assertTrue(verified.contains("series 1,000\n"), verified);
  }

  private static void assertEqualsDirect(JavaProcess submit, Rows rows) throws Exception {
    assertEquals(0, submit.exitCode(PATIENCE), submit.output());
    assertComplete(rows);
    SortedMap<String, String> values = values(rows);
    assertEquals(direct.size(), values.size());
    direct.forEach((key, row) -> assertEquals(row, values.get(key)));
  }

  @Test
  void onFlinkNothingIsLostAndTheRowsEqualThoseOfTheDirectRunner() throws Exception {
    Rows rows = rows("flink");
    try (FlinkCluster cluster = FlinkCluster.start(folder.resolve("flink"));
        JavaProcess submit = cluster.submit(List.of("-p", "4"), rows.options(END, FIELD))) {
      assertEqualsDirect(submit, rows);
    }
  }

  @Test
  void onSparkNothingIsLostAndTheRowsEqualThoseOfTheDirectRunner() throws Exception {
    Rows rows = rows("spark");
    try (SparkCluster cluster = SparkCluster.start(folder.resolve("spark"));
        JavaProcess submit =
            cluster.submit(
                List.of("--executor-cores", "2", "--total-executor-cores", "4"),
                rows.options(END, FIELD, "--checkpointDir=" + folder.resolve("state")))) {
      assertEqualsDirect(submit, rows);
    }
  }
}
