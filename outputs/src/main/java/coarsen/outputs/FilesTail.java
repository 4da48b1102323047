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

/**
 * Follows the files {@code *.jsonl} of one folder, which may appear later. It works in rounds: a
 * look at the folder finds what is new, then every file is read up to where it reached at that
 * look. Names that begin with a dot are the pipeline's unfinished files. A file that was renamed is
 * read on under its new name, whatever that is; one that was replaced, from its start.
 */
final class FilesTail implements Tail {
  static final int CHUNK_BYTES = 64 * 1024;

  private static final int CHUNKS_PER_POLL = 64;
  private static final int PAUSE_PER_LOOK = 10;

  private final Path folder;
  private final LongSupplier nanoTime;
  private final byte[] chunk = new byte[CHUNK_BYTES];
  private final Deque<GrowingFile> unread = new ArrayDeque<>();
  private Map<Path, GrowingFile> files = new HashMap<>();
  private long notBefore = Long.MIN_VALUE;
  private boolean caughtUp;
  private String missing = "";

  FilesTail(Path folder) {
    this(folder, System::nanoTime);
  }

  FilesTail(Path folder, LongSupplier nanoTime) {
    this.folder = folder;
    this.nanoTime = nanoTime;
  }

  @Override
  public int poll(RowHandler sink) {
    if (unread.isEmpty() && !look()) {
      return 0;
    }
    var counting = new CountingSink(sink);
    try {
      int chunks = 0;
      while (chunks < CHUNKS_PER_POLL && !unread.isEmpty()) {
        chunks += readOn(unread.element(), CHUNKS_PER_POLL - chunks, counting);
      }
    } catch (IOException e) {
      missing = unreadable(e);
    }
    caughtUp = unread.isEmpty();
    return counting.rows;
  }

  @Override
  public String missing() {
    return missing;
  }

  @Override
  public boolean caughtUp() {
    return caughtUp;
  }

  @Override
  public void close() {}

  private int readOn(GrowingFile file, int maxChunks, RowHandler sink) throws IOException {
    int chunks = 0;
    try {
      chunks = file.read(chunk, maxChunks, sink);
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
   * Looks at the folder, unless it was looked at just now: with many thousands of files a look
   * takes so long that looking all the time would keep a core busy.
   *
   * @return whether the folder is there and was looked at
   */
  private boolean look() {
    long begun = nanoTime.getAsLong();
    if (notBefore != Long.MIN_VALUE && begun - notBefore < 0) {
      return false;
    }
    boolean found = false;
    try {
      findFiles();
      missing = "";
      found = true;
    } catch (NotDirectoryException e) {
      missing = folder + " is no folder";
    } catch (NoSuchFileException e) {
      missing = "there is no folder " + folder;
    } catch (DirectoryIteratorException | IOException e) {
      missing = unreadable(e);
    }
    long ended = nanoTime.getAsLong();
    notBefore = ended + PAUSE_PER_LOOK * (ended - begun);
    return found;
  }

  private void findFiles() throws IOException {
    Map<Path, BasicFileAttributes> there = regularFiles();
    Map<Path, GrowingFile> moved = moved(there);
    var found = new HashMap<Path, GrowingFile>();
    List<GrowingFile> changed = new ArrayList<>();
    there.forEach(
        (path, now) -> {
          GrowingFile file = moved.get(path);
          if (file != null) {
            file.movedTo(path, isOutput(path));
          } else {
            GrowingFile before = files.get(path);
            if (before != null && moved.containsValue(before)) {
              before = null;
            }
            if (before != null && (isOutput(path) || Objects.equals(before.key(), now.fileKey()))) {
              file = before;
            } else if (isOutput(path)) {
              file = new GrowingFile(path);
            }
          }
          if (file != null) {
            found.put(path, file);
            if (file.look(now)) {
              changed.add(file);
            }
          }
        });
    files = found;
    changed.sort(Comparator.comparing(GrowingFile::path));
    unread.addAll(changed);
  }

  /** Files that have another name than they had, by their new name. */
  private Map<Path, GrowingFile> moved(Map<Path, BasicFileAttributes> there) {
    Map<Object, GrowingFile> byKey = new HashMap<>();
    files.forEach(
        (path, file) -> {
          BasicFileAttributes now = there.get(path);
          if (file.key() != null && (now == null || !file.key().equals(now.fileKey()))) {
            byKey.put(file.key(), file);
          }
        });
    Map<Path, GrowingFile> moved = new HashMap<>();
    there.forEach(
        (path, now) -> {
          GrowingFile file = now.fileKey() == null ? null : byKey.get(now.fileKey());
          if (file != null) {
            moved.put(path, file);
          }
        });
    return moved;
  }

  private Map<Path, BasicFileAttributes> regularFiles() throws IOException {
    Map<Path, BasicFileAttributes> there = new HashMap<>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder)) {
      for (Path path : paths) {
        BasicFileAttributes now;
        try {
          now = Files.readAttributes(path, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
          continue; // Gone since it was listed.
        }
        if (now.isRegularFile()) {
          there.put(path, now);
        }
      }
    }
    return there;
  }

  private static boolean isOutput(Path path) {
    String name = path.getFileName().toString();
    return name.endsWith(".jsonl") && !name.startsWith(".");
  }

  private String unreadable(Exception e) {
    return "can't read the files of " + folder + ": " + e;
  }

  private static final class CountingSink implements RowHandler {
    private final RowHandler sink;
    private int rows;

    CountingSink(RowHandler sink) {
      this.sink = sink;
    }

    @Override
    public void row(byte[] bytes, int offset, int length) {
      rows++;
      sink.row(bytes, offset, length);
    }
  }
}
