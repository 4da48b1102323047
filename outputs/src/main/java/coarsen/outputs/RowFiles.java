package coarsen.outputs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;

/** Reads the files of a folder once, as they are now. */
public final class RowFiles {
  private static final int CHUNK_BYTES = 64 * 1024;

  private RowFiles() {}

  /**
   * Passes all whole lines of all visible files to a handler, in the order of the files' names.
   * Blank lines are skipped, an unfinished last line too, and files that vanish meanwhile.
   *
   * @throws IOException if the folder or a file in it can't be read
   */
  public static void readAll(RowFolder folder, RowHandler handler) throws IOException {
    List<String> names = folder.names().stream().filter(RowFileName::isVisible).sorted().toList();
    byte[] chunk = new byte[CHUNK_BYTES];
    for (String name : names) {
      try (InputStream file = folder.open(name)) {
        var lines = new LineSplitter();
        for (int count = file.read(chunk); count >= 0; count = file.read(chunk)) {
          lines.split(chunk, count, handler);
        }
      } catch (NoSuchFileException | FileNotFoundException e) {
        // It has vanished since the folder was listed.
      }
    }
  }
}
