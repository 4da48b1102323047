package coarsen.kafka;

import coarsen.command.Addresses;
import coarsen.command.CommandException;
import java.io.IOException;
import java.io.Serializable;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Creates all consumers, producers and admin clients of one Kafka cluster, with the settings that
 * Coarsen's guarantees depend on. Keys and values are bytes. Engines send it to their workers.
 *
 * @param bootstrapServers {@code HOST:PORT} of brokers, separated by commas
 * @param settings those of the user, which take precedence over defaults
 */
public record KafkaClients(String bootstrapServers, KafkaSettings settings)
    implements Serializable {
  /**
   * The logger that warns of each attempt to reach a broker that does not answer. Commands that
   * report this themselves keep it quiet.
   */
  public static final String CONNECTION_LOGGER = "org.apache.kafka.clients.NetworkClient";

  /** The clients of a cluster that needs no settings. */
  public KafkaClients(String bootstrapServers) {
    this(bootstrapServers, KafkaSettings.NONE);
  }

  /**
   * Checks that a broker answers at one of the addresses, and that what it advertises can be
   * reached. Kafka's own clients would retry for a minute, with a warning for each attempt, and
   * could run out of memory at the answer of something else.
   *
   * @throws CommandException if an address has another form, or no broker can be used there; within
   *     ten seconds for up to three addresses
   */
  public void checkAvailable() {
    List<InetSocketAddress> addresses = Addresses.parse(bootstrapServers);
    if (addresses.isEmpty()) {
      throw CommandException.usage(
          "--bootstrapServers="
              + bootstrapServers
              + " names no address; write HOST:PORT, such as localhost:9092");
    }
    IOException failure = null;
    String problem = null;
    for (InetSocketAddress address : addresses) {
      try {
        Optional<String> found = new BrokerProbe(address, addresses.size(), this).problem();
        if (found.isEmpty()) {
          return;
        }
        problem = found.get();
      } catch (IOException e) {
        failure = e;
      }
    }
    throw problem == null ? unavailable(failure) : CommandException.unavailable(problem, failure);
  }

  /** The error to report when no broker answers. */
  public CommandException unavailable(@Nullable Throwable cause) {
    return CommandException.unavailable(
        "no Kafka broker answers at "
            + bootstrapServers
            + "; start one with ./coarsen broker, or correct --bootstrapServers",
        cause);
  }

  /**
   * A consumer outside of any group, for assigned partitions: it commits nothing, creates no topic,
   * sees no record of a transaction that is open or was aborted unless the user's settings say so,
   * and continues with the oldest record if the one at its position was deleted.
   *
   * @param settings of Kafka's consumer, which take precedence
   */
  public Consumer<byte[], byte[]> consumer(Map<String, Object> settings) {
    Map<String, Object> config = new HashMap<>(consumerDefaults());
    config.putAll(this.settings.values());
    config.putAll(settings);
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /**
   * The default settings of {@link #consumer}, for KafkaIO, which asks for them and shows them. The
   * user's are not among them.
   */
  public Map<String, Object> consumerDefaults() {
    return Map.of(
        CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
        bootstrapServers,
        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
        false,
        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
        false,
        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
        "earliest",
        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
        "read_committed");
  }

  /**
   * Connects a consumer. Never closes it: it belongs to the result.
   *
   * @param settings as for {@link #consumer}
   * @param use makes the result of the consumer, with requests to the broker
   * @throws CommandException if no broker answers, or it refuses
   */
  public <T> T connect(Map<String, Object> settings, Function<Consumer<byte[], byte[]>, T> use) {
    try {
      checkAvailable();
      return use.apply(consumer(settings));
    } catch (TimeoutException e) {
      throw unavailable(e);
    } catch (KafkaException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw CommandException.unavailable(
          "can't read from "
              + bootstrapServers
              + ": "
              + cause.getMessage()
              + "; name another broker with --bootstrapServers=HOST:PORT",
          e);
    }
  }

  /**
   * A producer whose records arrive once and in order, and are acknowledged by all replicas in
   * sync. It lingers 5 ms for more records: unnoticeable at low rates, and enough for batches of
   * thousands at high ones.
   *
   * @param settings of Kafka's producer, which take precedence
   */
  public Producer<byte[], byte[]> producer(Map<String, Object> settings) {
    Map<String, Object> config = new HashMap<>();
    config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    config.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, 1 << 18);
    config.putAll(this.settings.values());
    config.putAll(settings);
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * An admin client.
   *
   * @param settings of Kafka's admin client, which take precedence
   */
  public Admin admin(Map<String, Object> settings) {
    Map<String, Object> config = new HashMap<>(connection());
    config.putAll(settings);
    return Admin.create(config);
  }

  /** The settings of a connection: the brokers and what the user set. */
  Map<String, Object> connection() {
    Map<String, Object> config = new HashMap<>(settings.values());
    config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    return config;
  }

  /** Which messages consumers see: committed ones, unless the user set something else. */
  IsolationLevel isolation() {
    return "read_uncommitted"
            .equalsIgnoreCase(settings.values().get(ConsumerConfig.ISOLATION_LEVEL_CONFIG))
        ? IsolationLevel.READ_UNCOMMITTED
        : IsolationLevel.READ_COMMITTED;
  }
}
