package coarsen.outputs;

import coarsen.command.CommandException;
import coarsen.kafka.KafkaClients;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.jspecify.annotations.Nullable;

/** Opens the places that rows are read from. */
public final class Tails {
  /** Where to start in a topic to read all of it. */
  public static final long EVERYTHING = Long.MAX_VALUE;

  private static final Map<String, Object> CONSUMER =
      Map.of(
          ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
          5_000,
          // By default a broker that went away is tried every second, with two warnings each time.
          ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
          5_000,
          // How old the knowledge of partitions may be: so added ones are found.
          ConsumerConfig.METADATA_MAX_AGE_CONFIG,
          5_000);

  private Tails() {}

  /**
   * Reads everything that is there now, row by row, then stops: of a topic, up to the end offsets
   * found at the start; of a folder, all whole lines of the files {@code *.jsonl} that are in it.
   *
   * @param kafka needed for a topic
   * @param last how many messages before the end of a partition to start, at most
   * @throws CommandException if the folder, topic or broker is not there
   */
  public static void readNow(
      Location location, @Nullable KafkaClients kafka, long last, RowHandler sink) {
    if (location instanceof Location.Files files && !Files.isDirectory(folder(files))) {
      throw CommandException.unavailable("there is no folder " + files.directory(), null);
    }
    try (Tail tail = open(location, kafka, last, true)) {
      do {
        tail.poll(sink);
        if (!tail.missing().isEmpty()) {
          throw CommandException.unavailable(tail.missing(), null);
        }
      } while (!tail.caughtUp());
    }
  }

  /**
   * Reads all messages of a topic that are there now, also those without a value.
   *
   * @return by partition, the end offset found at the start
   * @throws CommandException if the topic or broker is not there
   */
  public static Map<Integer, Long> readMessagesNow(
      String topic, KafkaClients kafka, MessageHandler sink) {
    try (TopicTail tail =
        kafka.connect(
            CONSUMER,
            consumer -> TopicTail.open(consumer, topic, EVERYTHING, true, System::nanoTime))) {
      while (!tail.caughtUp()) {
        tail.pollMessages(sink);
        if (!tail.missing().isEmpty()) {
          throw CommandException.unavailable(tail.missing(), null);
        }
      }
      return tail.ends();
    }
  }

  /**
   * Opens a location that is followed as it grows; it may appear later.
   *
   * @param kafka needed for a topic
   * @param last how many messages before the end of a partition to start, at most
   * @throws CommandException if the broker is not there
   */
  public static Tail follow(Location location, @Nullable KafkaClients kafka, long last) {
    return open(location, kafka, last, false);
  }

  /**
   * Checks what can be checked without opening anything.
   *
   * @throws CommandException if a topic comes without servers, or a folder is none that can be read
   */
  public static void check(String option, Location location, @Nullable KafkaClients kafka) {
    if (location instanceof Location.Files files) {
      folder(files);
    } else if (kafka == null) {
      throw CommandException.usage(
          option + "=" + location + " needs --bootstrapServers=HOST:PORT as well");
    }
  }

  private static Tail open(
      Location location, @Nullable KafkaClients kafka, long last, boolean stopAtEnd) {
    if (location instanceof Location.Files files) {
      return new FilesTail(folder(files));
    }
    String topic = ((Location.Topic) location).name();
    if (kafka == null) {
      throw new IllegalArgumentException("topic " + topic + " without a broker's address");
    }
    return kafka.connect(
        CONSUMER, consumer -> TopicTail.open(consumer, topic, last, stopAtEnd, System::nanoTime));
  }

  private static Path folder(Location.Files files) {
    String directory = files.directory();
    try {
      if (!directory.contains("://")) {
        return Path.of(directory);
      }
    } catch (InvalidPathException e) {
      throw CommandException.usage("'" + directory + "' is no folder's name: " + e.getReason());
    }
    throw CommandException.usage(
        "'" + directory + "' is not on this machine; rows are read from local folders and topics");
  }
}
