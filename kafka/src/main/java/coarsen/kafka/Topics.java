package coarsen.kafka;

import coarsen.command.CommandException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Finds and creates topics before anything is read or written. */
public final class Topics implements AutoCloseable {
  private static final int TIMEOUT_SECONDS = Answers.TIMEOUT_SECONDS;
  private static final long RETRY_NANOS = 50_000_000;

  /**
   * What a topic is.
   *
   * @param id another one when the topic is deleted and created again
   * @param partitions how many it has, numbered from 0
   */
  public record Description(Uuid id, int partitions) {}

  private final KafkaClients clients;
  private final Answers answers;
  private final Admin admin;

  /**
   * Connects.
   *
   * @throws CommandException if no broker listens there
   */
  public Topics(KafkaClients clients) {
    this.clients = clients;
    answers = new Answers(clients);
    clients.checkAvailable();
    admin =
        clients.admin(
            Map.of(
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                TIMEOUT_SECONDS * 1_000,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                TIMEOUT_SECONDS * 1_000));
  }

  /**
   * The partitions of a topic.
   *
   * @throws CommandException if there is no such topic, or no broker
   */
  public List<TopicPartition> partitions(String topic) {
    return find(topic)
        .orElseThrow(
            () ->
                CommandException.unavailable(
                    "there is no topic '%s' at %s; the topics there are %s"
                        .formatted(
                            topic,
                            clients.bootstrapServers(),
                            new TreeSet<>(answers.of(admin.listTopics().names()))),
                    null));
  }

  /**
   * By partition, the offset that a spec asks for, such as that of the earliest record. The latest
   * is where consumers stop: before the first record of an open transaction, if there is one.
   */
  public SortedMap<Integer, Long> offsets(List<TopicPartition> partitions, OffsetSpec spec) {
    Map<TopicPartition, OffsetSpec> wanted =
        partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> spec));
    var offsets = new TreeMap<Integer, Long>();
    answers
        .of(admin.listOffsets(wanted, new ListOffsetsOptions(clients.isolation())).all())
        .forEach((partition, offset) -> offsets.put(partition.partition(), offset.offset()));
    return offsets;
  }

  /**
   * Creates a topic unless it exists.
   *
   * @param partitions how many it gets if it is created
   * @param say receives a line if the topic is created
   * @return how many partitions the topic has
   */
  public int ensure(String topic, int partitions, Consumer<String> say) {
    Optional<List<TopicPartition>> found = find(topic);
    if (found.isPresent()) {
      return found.get().size();
    }
    var newTopic = new NewTopic(topic, Optional.of(partitions), Optional.empty());
    Optional<Integer> created =
        answers.of(
            admin.createTopics(List.of(newTopic)).numPartitions(topic), TopicExistsException.class);
    created.ifPresent(
        count ->
            say.accept(
                "created topic %s with %d %s"
                    .formatted(topic, count, count == 1 ? "partition" : "partitions")));
    awaitLeaders(topic, partitions);
    return created.orElse(partitions);
  }

  /**
   * If the first batch of a producer meets a partition without a leader, it is refused, and can
   * stay out of sequence behind the next one until it expires.
   */
  private void awaitLeaders(String topic, int partitions) {
    Map<TopicPartition, OffsetSpec> all =
        IntStream.range(0, partitions)
            .mapToObj(partition -> new TopicPartition(topic, partition))
            .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
    while (answers
        .of(admin.listOffsets(all).all(), UnknownTopicOrPartitionException.class)
        .isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw CommandException.unavailable(
            "topic '" + topic + "' was created without leaders; look at the broker's log", null);
      }
      LockSupport.parkNanos(RETRY_NANOS);
    }
  }

  @Override
  public void close() {
    admin.close();
  }

  /**
   * What a topic is now; empty if there is none of that name.
   *
   * @throws CommandException if no broker answers
   */
  public Optional<Description> description(String topic) {
    return answers
        .of(
            admin.describeTopics(List.of(topic)).allTopicNames(),
            UnknownTopicOrPartitionException.class)
        .map(descriptions -> descriptions.get(topic))
        .map(found -> new Description(found.topicId(), found.partitions().size()));
  }

  /**
   * How the batches of a topic are compressed: names of codecs, {@code none} for batches without.
   * Looks at some; empty if that can't be told.
   *
   * @param offsets by partition, of the first batch to look at
   * @throws CommandException if no broker answers
   */
  public SortedSet<String> compression(String topic, SortedMap<Integer, Long> offsets) {
    return new BatchCompression(clients, admin, answers).of(topic, offsets);
  }

  /**
   * Checks, without writing or creating anything, that rows can be written to a topic, as far as
   * the broker tells.
   *
   * @param partitions how many it would be created with
   * @return whether it is there; otherwise it can be created
   * @throws CommandException if it can't be written or created
   */
  public boolean checkWritable(String topic, int partitions) {
    return new WriteCheck(admin, answers).isThere(topic, partitions);
  }

  /**
   * The client ids of a consumer group's members, none if there is no such group; empty if the
   * broker does not let this user see it.
   *
   * @throws CommandException if no broker answers
   */
  public Optional<List<String>> members(String group) {
    return answers
        .of(admin.describeConsumerGroups(List.of(group)).all(), GroupAuthorizationException.class)
        .map(
            groups ->
                groups.values().stream()
                    .flatMap(found -> found.members().stream())
                    .map(MemberDescription::clientId)
                    .toList());
  }

  private Optional<List<TopicPartition>> find(String topic) {
    return description(topic)
        .map(
            found ->
                IntStream.range(0, found.partitions())
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .toList());
  }
}
