package coarsen.outputs;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The one spelling of a folder's name to which all others can be brought. */
final class FolderNames {
  private static final Pattern REMOTE = Pattern.compile("[A-Za-z][-A-Za-z0-9+.]*:/.*");
  private static final Pattern LAST_SLASHES = Pattern.compile("/+$");

  private FolderNames() {}

  /** The canonical name of a local folder, which need not exist, or of one in a file system. */
  static String canonical(String directory) {
    try {
      if (!REMOTE.matcher(directory).matches()) {
        return local(Path.of(directory));
      }
      URI uri = URI.create(directory).normalize();
      return "file".equalsIgnoreCase(uri.getScheme())
          ? local(Path.of(uri.getPath()))
          : LAST_SLASHES.matcher(uri.toString()).replaceFirst("");
    } catch (IllegalArgumentException e) { // Also InvalidPathException: not a name of a folder.
      return directory;
    }
  }

  /** Follows the links of that part which exists. */
  private static String local(Path path) {
    Path absolute = path.toAbsolutePath();
    for (Path existing = absolute; existing != null; existing = existing.getParent()) {
      try {
        return existing.toRealPath().resolve(existing.relativize(absolute)).normalize().toString();
      } catch (IOException e) {
        // It does not exist, so look at its parent.
      }
    }
    return absolute.normalize().toString();
  }
}
