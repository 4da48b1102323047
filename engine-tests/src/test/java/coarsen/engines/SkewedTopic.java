package coarsen.engines;

import static org.junit.jupiter.api.Assertions.assertEquals;

import coarsen.command.Commands;
import coarsen.kafka.KafkaClients;
import coarsen.pipeline.RunCommand;
import coarsen.testbed.EmbeddedBroker;
import java.util.SortedMap;

/**
 * A real broker with a topic that is hard on engines, and the direct runner's rows for it: one
 * partition is a minute behind, one is unused, and there are more of them than a cluster has cores.
 */
final class SkewedTopic implements AutoCloseable {
  static final String NAME = "skewed";

  /** Shorter than the time by which one partition is behind the others. */
  static final String LATENESS = "--allowedLateness=5s";

  static final int COUNT = 200_000;
  private static final int PARTITIONS = 6;

  private final EmbeddedBroker broker = EmbeddedBroker.startTemporary(0);
  private final SortedMap<String, String> direct;

  SkewedTopic() {
    try (ReadingWriter readings = readings(NAME, PARTITIONS)) {
      readings.skewed(COUNT, PARTITIONS);
    }
    direct = direct(NAME);
  }

  /** The newest row of each window of a run of the direct runner, which are right. */
  private SortedMap<String, String> direct(String topic) {
    Rows rows = rows(topic, topic + "-direct");
    assertEquals(0, Commands.run(new RunCommand(), rows.options("--until=end", LATENESS)));
    rows.assertBalanced("--complete");
    return rows.finalRows();
  }

  String servers() {
    return broker.bootstrapServers();
  }

  /** The rows of a run over this topic, in topics named after the run. */
  Rows rows(String run) {
    return rows(NAME, run);
  }

  /** The rows of a run over another topic. */
  Rows rows(String topic, String run) {
    return new Rows(servers(), topic, run);
  }

  /** Creates another topic. */
  ReadingWriter readings(String topic, int partitions) {
    return new ReadingWriter(new KafkaClients(servers()), topic, partitions);
  }

  /** The rows of a run over a topic of {@link ReadingWriter#transactions}, which is created. */
  Rows transactions() {
    ReadingWriter.transactions(new KafkaClients(servers()), "transactions");
    return rows("transactions", "transactions");
  }

  /** Asserts that the rows are complete and equal to those of the direct runner. */
  void assertComplete(Rows rows) {
    rows.assertBalanced("--complete");
    assertEquals(direct, rows.finalRows());
  }

  /** Asserts the same of a run over another topic, whose rows may be there twice. */
  void assertComplete(String topic, Rows rows) {
    rows.assertBalanced("--complete");
    assertEquals(direct(topic), rows.finalRows());
  }

  @Override
  public void close() {
    broker.close();
  }
}
