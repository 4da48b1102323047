package coarsen.viewer;

import coarsen.command.CommandException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** Connects to Kafka, or says in one line why not. */
final class Broker {
  private static final int CONNECT_MILLIS = 5_000;

  private final String bootstrapServers;

  Broker(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Opens a tail of one of the broker's topics.
   *
   * @throws CommandException if the broker is not there or can't be used
   */
  Tail open(Function<Consumer<byte[], byte[]>, Tail> open) {
    try {
      connect();
      return open.apply(consumer());
    } catch (TimeoutException e) {
      throw silent(e);
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

  /** Kafka's client would try for 10 seconds, with warnings, where no broker listens. */
  private void connect() {
    @Nullable IOException failure = null;
    for (String address : List.of(bootstrapServers.split(","))) {
      String host = Utils.getHost(address.strip());
      Integer port = Utils.getPort(address.strip());
      if (host == null || port == null) {
        return; // Malformed; Kafka's client has the message for it.
      }
      try (var socket = new Socket()) {
        socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
        return;
      } catch (IOException e) {
        failure = e;
      }
    }
    throw silent(failure);
  }

  private CommandException silent(@Nullable Exception cause) {
    return CommandException.unavailable(
        "no Kafka broker answers at "
            + bootstrapServers
            + "; start one, or name another with --bootstrapServers=HOST:PORT",
        cause);
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
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
