package coarsen.outputs;

import coarsen.command.CommandException;
import coarsen.kafka.KafkaClients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.jspecify.annotations.Nullable;

/** Reads outputs once, or opens tails that follow them. */
public final class Tails {
  /** The backlog that is all of a topic. */
  public static final long EVERYTHING = Long.MAX_VALUE;

  private static final Map<String, Object> CONSUMER =
      Map.of(
          ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
          5_000,
          // The default retries a broker that is away every second, with two warnings each time.
          ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
          5_000,
          // Added partitions are found as soon as the metadata is renewed.
          ConsumerConfig.METADATA_MAX_AGE_CONFIG,
          5_000);

  private Tails() {}

  /**
   * Reads what an output holds now, once: of a topic, up to the end offsets found at the start; of
   * a folder, all whole lines of the files {@code *.jsonl} in it.
   *
   * @param kafka needed for a topic
   * @param last the backlog: how many messages before the end of a partition to start, at most
   * @throws CommandException if the folder, topic or broker is not there
   */
  public static void readNow(
      Location location, @Nullable KafkaClients kafka, long last, RowHandler handler) {
    if (location instanceof Location.Files files) {
      readFiles(files, handler);
    } else {
      readTopic(topic(location), clients(location, kafka), last, MessageHandler.ofRows(handler));
    }
  }

  private static void readFiles(Location.Files files, RowHandler handler) {
    Path folder = folder(files);
    if (!Files.isDirectory(folder)) {
      throw CommandException.unavailable("there is no folder " + files.directory(), null);
    }
    try {
      RowFiles.readAll(new LocalRowFolder(folder), handler);
    } catch (IOException e) {
      throw CommandException.unavailable(FilesTail.unreadable(folder, e), e);
    }
  }

  private static TopicBounds readTopic(
      String topic, KafkaClients kafka, long last, MessageHandler handler) {
    try (TopicReader reader =
        kafka.connect(
            CONSUMER, consumer -> TopicReader.open(consumer, topic, last, System::nanoTime))) {
      reader.readAll(handler);
      return reader.bounds();
    }
  }

  /**
   * Reads all messages that a topic holds now, also those without a value.
   *
   * @return the bounds found at the start
   * @throws CommandException if the topic or broker is not there
   */
  public static TopicBounds readMessagesNow(
      String topic, KafkaClients kafka, MessageHandler handler) {
    return readTopic(topic, kafka, EVERYTHING, handler);
  }

  /**
   * Opens a tail of an output, which may appear later.
   *
   * @param kafka needed for a topic
   * @param last the backlog: how many messages before the end of a partition to start, at most
   * @throws CommandException if the broker is not there
   */
  public static Tail follow(Location location, @Nullable KafkaClients kafka, long last) {
    if (location instanceof Location.Files files) {
      return new FilesTail(folder(files));
    }
    String topic = topic(location);
    return clients(location, kafka)
        .connect(CONSUMER, consumer -> TopicTail.open(consumer, topic, last, System::nanoTime));
  }

  /**
   * Checks what can be checked without opening anything.
   *
   * @throws CommandException if a topic comes without servers, or a folder is not on this machine
   */
  public static void check(String option, Location location, @Nullable KafkaClients kafka) {
    if (location instanceof Location.Files files) {
      folder(files);
    } else if (kafka == null) {
      throw CommandException.usage(
          option + "=" + location + " needs --bootstrapServers=HOST:PORT as well");
    }
  }

  private static String topic(Location location) {
    return ((Location.Topic) location).name();
  }

  private static KafkaClients clients(Location location, @Nullable KafkaClients kafka) {
    if (kafka == null) {
      throw new IllegalArgumentException(location + " without a broker's address");
    }
    return kafka;
  }

  private static Path folder(Location.Files files) {
    String directory = files.directory();
    try {
      if (!directory.contains("://")) {
        return Path.of(directory);
      }
    } catch (InvalidPathException e) {
      throw CommandException.usage(
          "'" + directory + "' is not the name of a folder: " + e.getReason());
    }
    throw CommandException.usage(
        "'" + directory + "' is not on this machine; rows are read from local folders and topics");
  }
}
