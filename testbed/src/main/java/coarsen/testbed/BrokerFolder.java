package coarsen.testbed;

import coarsen.command.CommandException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * Where the embedded broker keeps its topics.
 *
 * @param path an existing folder that can be written
 * @param removedAtEnd whether the folder goes when the broker does
 */
record BrokerFolder(Path path, boolean removedAtEnd) {
  private static final String FORMATTED = "meta.properties";
  private static final String IN_USE = "another broker runs on the data folder ";

  /** A folder that is kept; made if it is not there. */
  static BrokerFolder kept(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    try {
      Files.createDirectories(absolute);
    } catch (IOException e) {
      throw CommandException.unavailable("can't make the data folder " + absolute + ": " + e, e);
    }
    if (!Files.isWritable(absolute)) {
      throw CommandException.unavailable("can't write to the data folder " + absolute, null);
    }
    return new BrokerFolder(absolute, false);
  }

  /** A new folder among the system's temporary files. */
  static BrokerFolder temporary() {
    try {
      return new BrokerFolder(Files.createTempDirectory("coarsen-broker-"), true);
    } catch (IOException e) {
      throw CommandException.unavailable("can't make a temporary data folder: " + e, e);
    }
  }

  /**
   * Does what {@code kafka-storage.sh format} does, unless the folder has been formatted before.
   */
  void format(int nodeId, String controllerListener) {
    if (Files.exists(path.resolve(FORMATTED))) {
      return;
    }
    refuseOthersFiles();
    try {
      new Formatter()
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .setNodeId(nodeId)
          .setClusterId(Uuid.randomUuid().toString())
          .setControllerListenerName(controllerListener)
          .addDirectory(path.toString())
          .setMetadataLogDirectory(path.toString())
          .run();
    } catch (Exception e) {
      throw CommandException.unavailable("can't format the data folder " + path + ": " + e, e);
    }
  }

  // Kafka would put its files between them, and then refuse to start over the first folder whose
  // name does not end in a partition's number.
  private void refuseOthersFiles() {
    try (Stream<Path> entries = Files.list(path)) {
      if (entries.findAny().isPresent()) {
        throw CommandException.unavailable(
            "the data folder " + path + " holds files that are not a broker's; name an empty one",
            null);
      }
    } catch (IOException e) {
      throw CommandException.unavailable("can't read the data folder " + path + ": " + e, e);
    }
  }

  /**
   * Refuses a folder that another broker has. Kafka finds out too, but only after its controller
   * has begun to write there.
   */
  void refuseIfInUse() {
    try (var channel =
            FileChannel.open(
                path.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock != null) {
        return;
      }
    } catch (OverlappingFileLockException e) {
      throw CommandException.unavailable(IN_USE + path, e);
    } catch (IOException e) {
      throw CommandException.unavailable("can't lock the data folder " + path + ": " + e, e);
    }
    throw CommandException.unavailable(IN_USE + path, null);
  }

  /** Removes the folder if it is to be removed. */
  void release() {
    if (!removedAtEnd) {
      return;
    }
    try (Stream<Path> entries = Files.walk(path)) {
      for (Path entry : (Iterable<Path>) entries.sorted(Comparator.reverseOrder())::iterator) {
        Files.deleteIfExists(entry);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("can't remove the temporary data folder " + path, e);
    }
  }
}
