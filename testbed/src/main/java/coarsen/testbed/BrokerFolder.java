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
 * @param path an existing, writable folder
 * @param removedAtEnd whether to delete the folder when the broker stops
 */
record BrokerFolder(Path path, boolean removedAtEnd) {
  private static final String FORMATTED = "meta.properties";
  private static final String IN_USE = "another broker is using the data folder ";

  /** A folder that is kept; created if it does not exist. */
  static BrokerFolder kept(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    try {
      Files.createDirectories(absolute);
    } catch (IOException e) {
      throw CommandException.unavailable("can't create the data folder " + absolute + ": " + e, e);
    }
    if (!Files.isWritable(absolute)) {
      throw CommandException.unavailable("can't write to the data folder " + absolute, null);
    }
    return new BrokerFolder(absolute, false);
  }

  /** A new folder in the system's folder for temporary files. */
  static BrokerFolder temporary() {
    try {
      return new BrokerFolder(Files.createTempDirectory("coarsen-broker-"), true);
    } catch (IOException e) {
      throw CommandException.unavailable("can't create a temporary data folder: " + e, e);
    }
  }

  /** Does what {@code kafka-storage.sh format} does, unless the folder is already formatted. */
  void format(int nodeId, String controllerListener) {
    if (Files.exists(path.resolve(FORMATTED))) {
      return;
    }
    refuseForeignFiles();
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

  // Kafka would mix its files with them, then refuse to start because of the first folder whose
  // name does not end in a partition number.
  private void refuseForeignFiles() {
    try (Stream<Path> entries = Files.list(path)) {
      if (entries.findAny().isPresent()) {
        throw CommandException.unavailable(
            "the data folder " + path + " contains files that are not a broker's; use an empty one",
            null);
      }
    } catch (IOException e) {
      throw CommandException.unavailable("can't read the data folder " + path + ": " + e, e);
    }
  }

  /**
   * Refuses a folder that another broker is using. Kafka checks this too, but only after its
   * controller has started to write there.
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

  /** Deletes the folder if it is temporary. */
  void release() {
    if (!removedAtEnd) {
      return;
    }
    try (Stream<Path> entries = Files.walk(path)) {
      for (Path entry : (Iterable<Path>) entries.sorted(Comparator.reverseOrder())::iterator) {
        Files.deleteIfExists(entry);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("can't delete the temporary data folder " + path, e);
    }
  }
}
