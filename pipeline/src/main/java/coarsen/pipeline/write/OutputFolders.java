package coarsen.pipeline.write;

import coarsen.command.CommandException;
import coarsen.outputs.Location;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;

/**
 * Creates the folders that rows go to before the first row, so that an output without rows is one
 * that readers find empty, and one that can't be written fails before anything is read.
 */
public final class OutputFolders {
  private static final String MIME_TYPE = "application/octet-stream";

  private OutputFolders() {}

  /**
   * Creates the folders that are not there.
   *
   * @throws CommandException if a folder can't be created, or files in it
   */
  public static void create(Stream<Location.Files> folders) {
    folders.forEach(OutputFolders::create);
  }

  /**
   * Checks, without creating anything, that rows can be written to a folder, as far as that can be
   * told.
   *
   * @return whether it is there; otherwise it can be created, or it is not on this machine
   * @throws CommandException if it can't be used
   */
  public static boolean check(Location.Files location) {
    String directory = location.directory();
    try {
      ResourceId folder = FileSystems.matchNewResource(directory, true);
      if (!folder.getScheme().equals("file")) {
        return false;
      }
      Path path = Path.of(folder.toString()).toAbsolutePath();
      Path existing = path;
      while (!Files.exists(existing) && existing.getParent() != null) {
        existing = existing.getParent();
      }
      if (!Files.isDirectory(existing)) {
        throw new NotDirectoryException(existing + " is not a folder");
      }
      if (!Files.isWritable(existing)) {
        throw new AccessDeniedException(existing + " can't be written");
      }
      return existing.equals(path);
    } catch (IOException | RuntimeException e) {
      throw CommandException.failed("can't write rows to " + location + ": " + e.getMessage(), e);
    }
  }

  /**
   * Beam creates files but no folders. With a file its folders appear; in a store of objects, which
   * has none, nothing remains.
   */
  private static void create(Location.Files location) {
    try {
      ResourceId folder = FileSystems.matchNewResource(location.directory(), true);
      ResourceId probe =
          folder.resolve(".probe-" + UUID.randomUUID(), StandardResolveOptions.RESOLVE_FILE);
      FileSystems.create(probe, MIME_TYPE).close();
      FileSystems.delete(List.of(probe), StandardMoveOptions.IGNORE_MISSING_FILES);
    } catch (IOException | RuntimeException e) {
      throw CommandException.failed("can't write rows to " + location + ": " + e.getMessage(), e);
    }
  }
}
