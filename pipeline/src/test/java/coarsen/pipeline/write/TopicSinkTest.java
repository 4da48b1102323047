package coarsen.pipeline.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.outputs.Location;
import coarsen.records.Reading;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class TopicSinkTest {
  private static final Location.Topic TOPIC = new Location.Topic("raw");

  private static Cluster cluster() {
    var node = new Node(0, "127.0.0.1", 1);
    var nodes = new Node[] {node};
    return new Cluster(
        "cluster",
        List.of(node),
        List.of(new PartitionInfo("raw", 0, node, nodes, nodes)),
        Set.of(),
        Set.of());
  }

  private static RowBuffer row() {
    var rows = new RowBuffer(true);
    Reading.write(rows.text(), 0, 1, null, 0, 0, 0, 0, false);
    rows.end(0, () -> "0:0");
    return rows;
  }

  private static MockProducer<byte[], byte[]> producer(boolean autoComplete) {
    return new MockProducer<>(
        cluster(), autoComplete, null, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Test
  void aSinkThatCannotBeOpenedLeavesNoProducer() {
    MockProducer<byte[], byte[]> producer =
        new MockProducer<>(
            cluster(), true, null, new ByteArraySerializer(), new ByteArraySerializer()) {
          @Override
          public List<PartitionInfo> partitionsFor(String topic) {
            throw new TimeoutException("no metadata");
          }
        };
    assertThrows(TimeoutException.class, () -> new TopicSink(TOPIC, producer));
    assertTrue(producer.closed());
  }

  @Test
  void aRowThatTheBrokerRefusesFailsTheBundleAndTheClose() {
    MockProducer<byte[], byte[]> producer = producer(false);
    var sink = new TopicSink(TOPIC, producer);
    sink.write(row());
    assertTrue(producer.errorNext(new TopicAuthorizationException("not permitted")));
    var failure = assertThrows(OutputException.class, sink::endBundle);
    assertEquals("can't write rows to topic:raw: not permitted", failure.getMessage());
    assertThrows(OutputException.class, sink::close);
    assertTrue(producer.closed());
  }
}
