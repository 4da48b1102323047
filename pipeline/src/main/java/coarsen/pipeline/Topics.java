package coarsen.pipeline;

import coarsen.command.CommandException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a run asks of the broker before it starts. */
final class Topics implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Topics.class);
  private static final int PATIENCE_SECONDS = 10;

  private final Admin admin;
  private final String bootstrapServers;

  Topics(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
    try {
      admin =
          Admin.create(
              Map.of(
                  AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                  bootstrapServers,
                  AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                  PATIENCE_SECONDS * 1_000,
                  AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                  PATIENCE_SECONDS * 1_000));
    } catch (org.apache.kafka.common.KafkaException e) {
      throw CommandException.usage(
          "--bootstrapServers="
              + bootstrapServers
              + " names no address; write HOST:PORT, such as localhost:9092");
    }
  }

  /**
   * The partitions of a topic.
   *
   * @throws CommandException if there is no such topic, or no broker
   */
  List<TopicPartition> partitions(String topic) {
    return find(topic)
        .orElseThrow(
            () ->
                CommandException.unavailable(
                    "there is no topic '"
                        + topic
                        + "' at "
                        + bootstrapServers
                        + "; the topics there are "
                        + new TreeSet<>(answer(admin.listTopics().names())),
                    null));
  }

  /** The offset of each partition's first record, or of the one that will come next. */
  SortedMap<Integer, Long> offsets(List<TopicPartition> partitions, OffsetSpec spec) {
    Map<TopicPartition, OffsetSpec> wanted =
        partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> spec));
    var offsets = new TreeMap<Integer, Long>();
    answer(admin.listOffsets(wanted).all())
        .forEach((partition, offset) -> offsets.put(partition.partition(), offset.offset()));
    return offsets;
  }

  /** Creates a topic if there is none of that name. */
  void createIfAbsent(String topic, int partitions) {
    if (find(topic).isEmpty()) {
      var newTopic = new NewTopic(topic, Optional.of(partitions), Optional.empty());
      answer(admin.createTopics(List.of(newTopic)).numPartitions(topic), TopicExistsException.class)
          .ifPresent(count -> LOG.info("created topic {} with {} partition(s)", topic, count));
    }
  }

  @Override
  public void close() {
    admin.close();
  }

  private Optional<List<TopicPartition>> find(String topic) {
    return answer(
            admin.describeTopics(List.of(topic)).allTopicNames(),
            UnknownTopicOrPartitionException.class)
        .map(
            descriptions ->
                descriptions.values().stream()
                    .flatMap(description -> description.partitions().stream())
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList());
  }

  private <T> T answer(KafkaFuture<T> future) {
    return answer(future, NothingExpected.class).orElseThrow();
  }

  /** The answer, or nothing if it is the error that is expected. */
  private <T> Optional<T> answer(KafkaFuture<T> future, Class<? extends ApiException> expected) {
    try {
      return Optional.of(future.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      if (expected.isInstance(e.getCause())) {
        return Optional.empty();
      }
      if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
        throw noAnswer(e);
      }
      throw CommandException.unavailable(
          "the broker at " + bootstrapServers + " refuses: " + e.getMessage(), e);
    } catch (TimeoutException e) {
      throw noAnswer(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.failed("interrupted while asking the broker", e);
    }
  }

  private CommandException noAnswer(Exception e) {
    return CommandException.unavailable(
        "no Kafka broker answers at "
            + bootstrapServers
            + " within "
            + PATIENCE_SECONDS
            + " s; start one with ./coarsen broker, or correct --bootstrapServers",
        e);
  }

  private static final class NothingExpected extends ApiException {
    private static final long serialVersionUID = 1L;
  }
}
