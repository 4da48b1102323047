package coarsen.outputs;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Follows the files {@code *.jsonl} of one folder, which may appear later. It works in rounds: a
 * scan of the folder finds what is new, then each file is read up to the size it had at that scan.
 * Hidden files are unfinished and not read. A file that was renamed is continued under its new
 * name, whatever that is; one that was replaced is read from its start.
 */
final class FilesTail implements Tail {
  static final int CHUNK_BYTES = 64 * 1024;

  private static final int CHUNKS_PER_POLL = 64;
  private static final int PAUSE_PER_SCAN = 10;

  private final Path folder;
  private final LongSupplier nanoTime;
  private final byte[] chunk = new byte[CHUNK_BYTES];
  private final Deque<GrowingFile> unread = new ArrayDeque<>();
  private Map<Path, GrowingFile> files = new HashMap<>();
  private long nextScan = Long.MIN_VALUE;
  private String missing = "";

  FilesTail(Path folder) {
    this(folder, System::nanoTime);
  }

  FilesTail(Path folder, LongSupplier nanoTime) {
    this.folder = folder;
    this.nanoTime = nanoTime;
  }

  @Override
  public int poll(RowHandler handler) {
    if (unread.isEmpty()) {
      scanIfDue();
    }
    var counting = new CountingRows(handler);
    try {
      int chunks = 0;
      while (chunks < CHUNKS_PER_POLL && !unread.isEmpty()) {
        chunks += read(unread.element(), CHUNKS_PER_POLL - chunks, counting);
      }
    } catch (IOException e) {
      missing = unreadable(folder, e);
    }
    return counting.count();
  }

  @Override
  public String missing() {
    return missing;
  }

  @Override
  public void close() {}

  private int read(GrowingFile file, int maxChunks, RowHandler handler) throws IOException {
    int chunks = 0;
    try {
      chunks = file.read(chunk, maxChunks, handler);
    } catch (NoSuchFileException e) {
      files.remove(file.path());
      unread.remove();
      return 1;
    }
    if (file.isRead()) {
      unread.remove();
    }
    return Math.max(1, chunks); // Opening a file counts: there may be thousands of empty ones.
  }

  /**
   * Scans the folder, unless that was done just now: with many thousands of files a scan takes so
   * long that scanning all the time would keep a core busy.
   */
  private void scanIfDue() {
    long begun = nanoTime.getAsLong();
    if (nextScan != Long.MIN_VALUE && begun - nextScan < 0) {
      return;
    }
    try {
      scan();
      missing = "";
    } catch (NotDirectoryException e) {
      missing = folder + " is not a folder";
    } catch (NoSuchFileException e) {
      missing = "there is no folder " + folder;
    } catch (DirectoryIteratorException | IOException e) {
      missing = unreadable(folder, e);
    }
    long ended = nanoTime.getAsLong();
    nextScan = ended + PAUSE_PER_SCAN * (ended - begun);
  }

  private void scan() throws IOException {
    Map<Path, BasicFileAttributes> found = regularFiles();
    Map<Path, GrowingFile> moved = moved(found);
    var known = new HashMap<Path, GrowingFile>();
    List<GrowingFile> changed = new ArrayList<>();
    found.forEach(
        (path, attributes) -> {
          GrowingFile file = fileAt(path, attributes, moved);
          if (file != null) {
            known.put(path, file);
            if (file.update(attributes)) {
              changed.add(file);
            }
          }
        });
    files = known;
    changed.sort(Comparator.comparing(GrowingFile::path));
    unread.addAll(changed);
  }

  /** The known or new file at a path; null if it is not to be read. */
  private @Nullable GrowingFile fileAt(
      Path path, BasicFileAttributes attributes, Map<Path, GrowingFile> moved) {
    boolean visible = isVisible(path);
    GrowingFile file = moved.get(path);
    if (file != null) {
      file.movedTo(path, visible);
      return file;
    }
    GrowingFile before = files.get(path);
    if (before != null
        && !moved.containsValue(before)
        && (visible || Objects.equals(before.key(), attributes.fileKey()))) {
      return before;
    }
    return visible ? new GrowingFile(path) : null;
  }

  /** The known files that have another name now, by that name. */
  private Map<Path, GrowingFile> moved(Map<Path, BasicFileAttributes> found) {
    Map<Object, GrowingFile> byKey = new HashMap<>();
    files.forEach(
        (path, file) -> {
          BasicFileAttributes now = found.get(path);
          if (file.key() != null && (now == null || !file.key().equals(now.fileKey()))) {
            byKey.put(file.key(), file);
          }
        });
    Map<Path, GrowingFile> moved = new HashMap<>();
    found.forEach(
        (path, attributes) -> {
          Object key = attributes.fileKey();
          GrowingFile file = key == null ? null : byKey.get(key);
          if (file != null) {
            moved.put(path, file);
          }
        });
    return moved;
  }

  private Map<Path, BasicFileAttributes> regularFiles() throws IOException {
    Map<Path, BasicFileAttributes> found = new HashMap<>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder)) {
      for (Path path : paths) {
        BasicFileAttributes attributes;
        try {
          attributes = Files.readAttributes(path, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
          continue; // It has vanished since it was listed.
        }
        if (attributes.isRegularFile()) {
          found.put(path, attributes);
        }
      }
    }
    return found;
  }

  private static boolean isVisible(Path path) {
    return RowFileName.isVisible(path.getFileName().toString());
  }

  /** What to say if reading failed. */
  static String unreadable(Path folder, Exception cause) {
    return "can't read the files of " + folder + ": " + cause;
  }
}
