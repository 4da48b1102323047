package coarsen.outputs;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** A folder of row files, in whatever file system. */
public interface RowFolder {
  /**
   * The names of the files in it, hidden ones and those of others included, in any order.
   *
   * @throws IOException if the folder is not there or can't be read
   */
  List<String> names() throws IOException;

  /**
   * Opens a file, which the caller closes.
   *
   * @throws java.io.FileNotFoundException or {@link java.nio.file.NoSuchFileException} if there is
   *     no such file any more
   * @throws IOException if it can't be read
   */
  InputStream open(String name) throws IOException;
}
