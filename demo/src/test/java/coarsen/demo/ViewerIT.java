package coarsen.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import coarsen.kafka.KafkaClients;
import coarsen.outputs.Location;
import coarsen.records.Reading;
import coarsen.testbed.EmbeddedBroker;
import coarsen.viewer.FollowedOutputs;
import coarsen.viewer.Viewer;
import coarsen.viewer.model.OutputState;
import coarsen.viewer.model.OutputStatus;
import coarsen.viewer.model.Picture;
import coarsen.viewer.model.VisibleSpan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The viewer on topics and brokers that come and go. */
@Timeout(180)
class ViewerIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String RAW = "raw";

  @TempDir private Path folder;

  @Test
  void aLostBrokerIsReportedAndReadingContinuesAfterItsReturn() throws Exception {
    EmbeddedBroker first = EmbeddedBroker.start(0, folder);
    String servers = first.bootstrapServers();
    int port = Integer.parseInt(servers.substring(servers.indexOf(':') + 1));
    create(servers, new NewTopic(RAW, 1, (short) 1));
    write(servers, 0, 1, 2);
    try (Viewer viewer = open(servers)) {
      readUntil(viewer, raw -> raw.state() == OutputState.LIVE && raw.traffic().rows() == 2);
      first.close();
      OutputStatus gone = readUntil(viewer, raw -> raw.state() == OutputState.GONE);
      assertEquals("the broker does not answer", gone.detail());
      try (var second = EmbeddedBroker.start(port, folder)) {
        write(second.bootstrapServers(), 0, 3, 4);
        readUntil(viewer, raw -> raw.state() == OutputState.LIVE && raw.traffic().rows() == 4);
        assertEquals(4, viewer.picture().originals());
      }
    }
  }

  @Test
  void topicsAndPartitionsThatAppearLaterAreRead() throws Exception {
    try (var broker = EmbeddedBroker.start(0, folder)) {
      String servers = broker.bootstrapServers();
      try (Viewer viewer = open(servers)) {
        OutputStatus waiting = readUntil(viewer, raw -> !raw.detail().isEmpty());
        assertEquals(OutputState.WAITING, waiting.state());
        assertEquals("there is no topic raw", waiting.detail());
        create(servers, new NewTopic(RAW, 1, (short) 1));
        write(servers, 0, 1);
        readUntil(viewer, raw -> raw.traffic().rows() == 1);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
          admin.createPartitions(Map.of(RAW, NewPartitions.increaseTo(2))).all().get();
        }
        write(servers, 1, 2);
        readUntil(viewer, raw -> raw.traffic().rows() == 2);
      }
    }
  }

  @Test
  void readingContinuesPastTombstonesAndMessagesThatAreNotRows() throws Exception {
    try (var broker = EmbeddedBroker.start(0, folder)) {
      String servers = broker.bootstrapServers();
      create(servers, new NewTopic(RAW, 1, (short) 1).configs(Map.of("cleanup.policy", "compact")));
      try (Viewer viewer = open(servers)) {
        write(servers, 0, 1);
        send(servers, 0, "k", new byte[][] {null, "not a row".getBytes(UTF_8)});
        write(servers, 0, 2);
        OutputStatus raw = readUntil(viewer, status -> status.traffic().rows() == 2);
        assertEquals(1, raw.traffic().badLines());
        assertEquals(OutputState.LIVE, raw.state());
      }
    }
  }

  private static OutputStatus readUntil(Viewer viewer, Predicate<OutputStatus> wanted)
      throws InterruptedException {
    Picture picture =
        viewer.readUntil(each -> wanted.test(each.status().sources().get(0)), PATIENCE);
    return picture.status().sources().get(0);
  }

  private static Viewer open(String servers) {
    return Viewer.open(
        new FollowedOutputs(
            new Location.Topic(RAW),
            new Location.Topic("reduced"),
            null,
            new KafkaClients(servers)),
        new VisibleSpan.LastReadings(90));
  }

  private static void create(String servers, NewTopic topic) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      admin.createTopics(List.of(topic)).all().get();
    }
  }

  /** Writes a raw row for each of these seconds. */
  private static void write(String servers, int partition, int... seconds) throws Exception {
    byte[][] rows = new byte[seconds.length][];
    for (int i = 0; i < rows.length; i++) {
      var reading = new Reading(seconds[i] * 1_000_000L, 7, partition, seconds[i], 0, false);
      rows[i] = reading.toJson().getBytes(UTF_8);
    }
    send(servers, partition, "key", rows);
  }

  private static void send(String servers, int partition, String key, byte[][] values)
      throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (byte[] value : values) {
        sent.add(producer.send(new ProducerRecord<>(RAW, partition, key.getBytes(UTF_8), value)));
      }
      for (var future : sent) {
        future.get();
      }
    }
  }
}
