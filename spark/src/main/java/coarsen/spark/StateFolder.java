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
 * Where Spark keeps its state of one run. Where it finds that of another it goes on with that run's
 * pipeline, so each run has a folder of its own, which nobody can use afterwards.
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
   * Makes one.
   *
   * @param parent where; empty for the current folder
   * @throws CommandException if it can't be made
   */
  static StateFolder in(String parent) {
    String name = ".spark-" + UUID.randomUUID();
    Path path = parent.isEmpty() ? new Path(name) : new Path(parent, name);
    try {
      FileSystem files = path.getFileSystem(new Configuration());
      if (!files.mkdirs(path)) {
        throw new IOException("it can't be made");
      }
      return new StateFolder(files, files.makeQualified(path));
    } catch (IOException e) {
      throw CommandException.unavailable(
          "the folder for Spark's state, "
              + path
              + ", can't be used: "
              + e.getMessage()
              + "; name another with --checkpointDir",
          e);
    }
  }

  void delete() {
    try {
      files.delete(path, true);
    } catch (IOException e) {
      LOG.warn("{} is not needed any more, but can't be deleted: {}", path, e.getMessage());
    }
  }

  /** As Spark has it. */
  @Override
  public String toString() {
    return path.toString();
  }
}
