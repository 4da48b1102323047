package coarsen.outputs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A file, and the position up to which it has been read. If the file is shorter than that, or the
 * bytes before the position are no longer those that were read, it was truncated or replaced and is
 * read again from its start. (Inode numbers do not show that: file systems give a deleted file's
 * number to the next one.)
 */
final class GrowingFile {
  private static final int LAST_BYTES = 64;

  private Path path;
  private final LineSplitter lines = new LineSplitter();
  private byte[] lastRead = {};
  private long position;
  private long size = -1;
  private long modifiedNanos;
  private @Nullable Object key;
  private boolean onlyRest;
  private boolean checked;
  private boolean readToSize;

  GrowingFile(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  /** Identifies the file whatever its name; null if the file system has no such key. */
  @Nullable Object key() {
    return key;
  }

  /**
   * Records a new name.
   *
   * @param visible whether any file of that name is to be read from its start; otherwise only the
   *     rest of this file is, if it still is this file
   */
  void movedTo(Path newPath, boolean visible) {
    path = newPath;
    onlyRest = !visible;
    size = -1; // So that the next update finds a change.
  }

  /**
   * Records the file's attributes.
   *
   * @return whether they have changed, and so there may be something to read
   */
  boolean update(BasicFileAttributes now) {
    long modified = now.lastModifiedTime().to(TimeUnit.NANOSECONDS);
    boolean changed = now.size() != size || modified != modifiedNanos;
    size = now.size();
    modifiedNanos = modified;
    key = now.fileKey();
    if (changed) {
      checked = false;
      readToSize = false;
    }
    return changed;
  }

  /** Whether the file has been read up to the size it had at the last update. */
  boolean isRead() {
    return readToSize;
  }

  /**
   * Continues to read, up to the size that the file had at the last update.
   *
   * @param chunk buffer for one chunk
   * @param maxChunks how many chunks to read at most
   * @return how many were read
   */
  int read(byte[] chunk, int maxChunks, RowHandler handler) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      if (!checked && !sameFile(channel)) {
        if (onlyRest) {
          readToSize = true;
          return 0;
        }
        position = 0;
        lastRead = new byte[0];
        lines.reset();
      }
      checked = true;
      int chunks = 0;
      while (chunks < maxChunks && position < size) {
        var buffer = ByteBuffer.wrap(chunk, 0, (int) Math.min(chunk.length, size - position));
        int count = channel.read(buffer, position);
        if (count <= 0) {
          size = position; // Truncated meanwhile; the next update shows it.
          break;
        }
        lines.split(chunk, count, handler);
        remember(chunk, count);
        position += count;
        chunks++;
      }
      readToSize = position >= size;
      return chunks;
    }
  }

  private boolean sameFile(FileChannel channel) throws IOException {
    if (size < position) {
      return false;
    }
    var before = ByteBuffer.allocate(lastRead.length);
    while (before.hasRemaining()) {
      if (channel.read(before, position - before.remaining()) < 0) {
        return false;
      }
    }
    return Arrays.equals(before.array(), lastRead);
  }

  private void remember(byte[] chunk, int count) {
    if (count >= LAST_BYTES) {
      lastRead = Arrays.copyOfRange(chunk, count - LAST_BYTES, count);
    } else {
      int kept = Math.min(lastRead.length, LAST_BYTES - count);
      byte[] joined = Arrays.copyOfRange(lastRead, lastRead.length - kept, lastRead.length + count);
      System.arraycopy(chunk, 0, joined, kept, count);
      lastRead = joined;
    }
  }
}
