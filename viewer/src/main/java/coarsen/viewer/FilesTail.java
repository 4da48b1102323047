package coarsen.viewer;

import coarsen.command.CommandException;
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
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the files {@code *.jsonl} of one folder, which may appear later. It works in rounds: a
 * look at the folder finds what is new, then every file is read up to where it reached at that
 * look. Names that begin with a dot are the pipeline's unfinished files.
 */
final class FilesTail implements Tail {
  static final int CHUNK_BYTES = 64 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(FilesTail.class);
  private static final int CHUNKS_PER_POLL = 64;
  private static final int PAUSE_PER_LOOK = 10;

  private final Path folder;
  private final LongSupplier nanoTime;
  private final byte[] chunk = new byte[CHUNK_BYTES];
  private final Deque<GrowingFile> unread = new ArrayDeque<>();
  private Map<Path, GrowingFile> files = new HashMap<>();
  private long notBefore = Long.MIN_VALUE;
  private boolean caughtUp;
  private boolean waiting;

  FilesTail(Path folder) {
    this(folder, System::nanoTime);
  }

  FilesTail(Path folder, LongSupplier nanoTime) {
    this.folder = folder;
    this.nanoTime = nanoTime;
  }

  @Override
  public int poll(RowSink sink) {
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
      throw unreadable(e);
    }
    caughtUp = unread.isEmpty();
    return counting.rows;
  }

  @Override
  public boolean caughtUp() {
    return caughtUp;
  }

  @Override
  public void close() {}

  private int readOn(GrowingFile file, int maxChunks, RowSink sink) throws IOException {
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
    try {
      findFiles();
      waiting = false;
    } catch (NotDirectoryException e) {
      throw CommandException.unavailable(folder + " is no folder", e);
    } catch (NoSuchFileException e) {
      if (!waiting) {
        LOG.info("waiting for folder {}", folder);
      }
      waiting = true;
      files.clear();
      return false;
    } catch (DirectoryIteratorException e) {
      throw unreadable(e);
    } catch (IOException e) {
      throw unreadable(e);
    }
    long ended = nanoTime.getAsLong();
    notBefore = ended + PAUSE_PER_LOOK * (ended - begun);
    return true;
  }

  private void findFiles() throws IOException {
    var found = new HashMap<Path, GrowingFile>();
    List<GrowingFile> changed = new ArrayList<>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder, FilesTail::isOutput)) {
      for (Path path : paths) {
        BasicFileAttributes now;
        try {
          now = Files.readAttributes(path, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
          continue; // Gone since it was listed.
        }
        if (now.isRegularFile()) {
          GrowingFile file = files.getOrDefault(path, new GrowingFile(path));
          found.put(path, file);
          if (file.look(now)) {
            changed.add(file);
          }
        }
      }
    }
    files = found;
    changed.sort(Comparator.comparing(GrowingFile::path));
    unread.addAll(changed);
  }

  private static boolean isOutput(Path path) {
    String name = path.getFileName().toString();
    return name.endsWith(".jsonl") && !name.startsWith(".");
  }

  private CommandException unreadable(Exception e) {
    return CommandException.failed("can't read the files of " + folder + ": " + e, e);
  }

  private static final class CountingSink implements RowSink {
    private final RowSink sink;
    private int rows;

    CountingSink(RowSink sink) {
      this.sink = sink;
    }

    @Override
    public void row(byte[] bytes, int offset, int length) {
      rows++;
      sink.row(bytes, offset, length);
    }
  }
}
