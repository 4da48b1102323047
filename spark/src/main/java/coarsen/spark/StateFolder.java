package coarsen.spark;

import coarsen.command.CommandException;
import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where Spark keeps the state of one run. If it found the state of another run it would resume that
 * run's pipeline, so each run has a folder of its own, which is of no use afterwards.
 */
final class StateFolder {
  private static final Logger LOG = LoggerFactory.getLogger(StateFolder.class);

  private final FileSystem files;
  private final Path path;

  private StateFolder(FileSystem files, Path path) {
    this.files = files;
    this.path = path;
  }

  /**
   * Creates a folder.
   *
   * @param parent the folder to create it in; empty for the current folder
   * @throws CommandException if it can't be created
   */
  static StateFolder in(String parent) {
    String name = ".spark-" + UUID.randomUUID();
    Path path = parent.isEmpty() ? new Path(name) : new Path(parent, name);
    try {
      FileSystem files = path.getFileSystem(new Configuration());
      if (!files.mkdirs(path)) {
        throw new IOException("it can't be created");
      }
      return new StateFolder(files, files.makeQualified(path));
    } catch (IOException e) {
      throw CommandException.unavailable(
          "can't use the folder "
              + path
              + " for Spark's state: "
              + e.getMessage()
              + "; name another with --checkpointDir",
          e);
    }
  }

  void delete() {
    try {
      files.delete(path, true);
    } catch (IOException e) {
      LOG.warn("can't delete {}, which is no longer needed: {}", path, e.getMessage());
    }
  }

  /** The path, as an option for Spark. */
  @Override
  public String toString() {
    return path.toString();
  }
}
