package coarsen.kafka;

import coarsen.command.CommandException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.requests.FetchRequest;
import org.apache.kafka.common.requests.FetchResponse;

/**
 * Finds out how the batches of a topic are compressed, which Kafka's consumers do not show: by
 * fetching some of them from the leaders of their partitions.
 */
final class BatchCompression {
  /** Knows all codecs; later ones name topics by their ids. */
  private static final short FETCH_VERSION = 11;

  private static final int BYTES = 1 << 16;

  /** A batch is sent whole, however long it is. */
  private static final int MAX_ANSWER_BYTES = 1 << 26;

  private static final int MILLIS = 5_000;

  private final KafkaClients clients;
  private final Admin admin;
  private final Answers answers;

  BatchCompression(KafkaClients clients, Admin admin, Answers answers) {
    this.clients = clients;
    this.admin = admin;
    this.answers = answers;
  }

  /**
   * The names of the codecs, {@code none} for batches without; none at all if that can't be told.
   *
   * @param offsets by partition, of the first batch to look at
   * @throws CommandException if no broker answers
   */
  SortedSet<String> of(String topic, SortedMap<Integer, Long> offsets) {
    Map<Node, Map<TopicPartition, FetchRequest.PartitionData>> wanted = new HashMap<>();
    for (TopicPartitionInfo partition : partitions(topic)) {
      Long offset = offsets.get(partition.partition());
      if (offset != null && partition.leader() != null) {
        wanted
            .computeIfAbsent(partition.leader(), unused -> new HashMap<>())
            .put(new TopicPartition(topic, partition.partition()), from(offset));
      }
    }
    SortedSet<String> found = new TreeSet<>();
    try {
      for (var one : wanted.entrySet()) {
        Node leader = one.getKey();
        new LoginProbe(clients, new InetSocketAddress(leader.host(), leader.port()))
            .ask(MILLIS, MAX_ANSWER_BYTES, connection -> fetch(connection, one.getValue()))
            .forEach(batch -> found.add(batch.compressionType().name));
      }
    } catch (IOException | CommandException | ApiException e) {
      // It is worth no failure.
      return new TreeSet<>();
    }
    return found;
  }

  private List<TopicPartitionInfo> partitions(String topic) {
    return answers.of(admin.describeTopics(List.of(topic)).allTopicNames()).values().stream()
        .flatMap(description -> description.partitions().stream())
        .toList();
  }

  private static FetchRequest.PartitionData from(long offset) {
    return new FetchRequest.PartitionData(
        Uuid.ZERO_UUID, offset, FetchRequest.INVALID_LOG_START_OFFSET, BYTES, Optional.empty());
  }

  private static List<RecordBatch> fetch(
      ProbeRequests.Connection connection, Map<TopicPartition, FetchRequest.PartitionData> wanted)
      throws IOException {
    var request = FetchRequest.Builder.forConsumer(FETCH_VERSION, 0, 0, wanted);
    var response = (FetchResponse) ProbeRequests.answer(connection, request.build(FETCH_VERSION));
    List<RecordBatch> batches = new ArrayList<>();
    for (FetchResponseData.FetchableTopicResponse topic : response.data().responses()) {
      for (FetchResponseData.PartitionData partition : topic.partitions()) {
        for (RecordBatch batch : FetchResponse.recordsOrFail(partition).batches()) {
          if (!batch.isControlBatch()) {
            batches.add(batch);
          }
        }
      }
    }
    return batches;
  }
}
