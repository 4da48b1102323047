package coarsen.viewer.tail;

import coarsen.command.CommandException;
import coarsen.command.Location;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Opens the places that rows are read from. */
public final class Sources {
  /** Where to start in a topic to read all of it. */
  public static final long EVERYTHING = Long.MAX_VALUE;

  private Sources() {}

  /**
   * Reads everything that is there now, row by row, then stops: of a topic, up to the end offsets
   * found at the start; of a folder, all whole lines of the files {@code *.jsonl} that are in it.
   *
   * @param bootstrapServers needed for a topic
   * @param last how many messages before the end of a partition to start, at most
   * @throws CommandException if the folder, topic or broker is not there
   */
  public static void readNow(
      Location location, @Nullable String bootstrapServers, long last, RowSink sink) {
    if (location instanceof Location.Files files && !Files.isDirectory(folder(files))) {
      throw CommandException.unavailable("there is no folder " + files.directory(), null);
    }
    try (Tail tail = open(location, bootstrapServers, last, true)) {
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
      String topic, String bootstrapServers, MessageSink sink) {
    try (TopicTail tail =
        new Broker(bootstrapServers)
            .open(
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
   * @param bootstrapServers needed for a topic
   * @param last how many messages before the end of a partition to start, at most
   * @throws CommandException if the broker is not there
   */
  public static Tail follow(Location location, @Nullable String bootstrapServers, long last) {
    return open(location, bootstrapServers, last, false);
  }

  /**
   * Checks what can be checked without opening anything.
   *
   * @throws CommandException if a topic comes without servers, or a folder is none that can be read
   */
  public static void check(String option, Location location, @Nullable String bootstrapServers) {
    if (location instanceof Location.Files files) {
      folder(files);
    } else if (bootstrapServers == null) {
      throw CommandException.usage(
          option + "=" + location + " needs --bootstrapServers=HOST:PORT as well");
    }
  }

  private static Tail open(
      Location location, @Nullable String bootstrapServers, long last, boolean stopAtEnd) {
    if (location instanceof Location.Files files) {
      return new FilesTail(folder(files));
    }
    String topic = ((Location.Topic) location).name();
    if (bootstrapServers == null) {
      throw new IllegalArgumentException("topic " + topic + " without a broker's address");
    }
    return new Broker(bootstrapServers)
        .open(consumer -> TopicTail.open(consumer, topic, last, stopAtEnd, System::nanoTime));
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
