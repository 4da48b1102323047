package coarsen.viewer.tail;

import coarsen.command.Addresses;
import coarsen.command.CommandException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Connects to Kafka, or says in one line why not. */
final class Broker {
  static {
    // It warns of every try to reach a broker that is away; whoever reads is told once.
    System.setProperty(
        "org.slf4j.simpleLogger.log.org.apache.kafka.clients.NetworkClient", "error");
  }

  private final String bootstrapServers;

  Broker(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Opens a tail of one of the broker's topics.
   *
   * @throws CommandException if the broker is not there or can't be used
   */
  <T extends Tail> T open(Function<Consumer<byte[], byte[]>, T> open) {
    try {
      Addresses.checkBrokers(bootstrapServers);
      return open.apply(consumer());
    } catch (TimeoutException e) {
      throw Addresses.noBroker(bootstrapServers, e);
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

  private KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> config = new HashMap<>();
    config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    // What retention deleted while it was being read is passed over.
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
    // By default a broker that went away is tried every second, with two warnings each time.
    config.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 5_000);
    // What it knows of partitions, for the added ones to be found.
    config.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 5_000);
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
