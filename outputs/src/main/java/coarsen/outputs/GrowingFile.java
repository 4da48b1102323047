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
 * How far a file has been read. A file that is shorter than that, or whose bytes before that place
 * are others than those that were read, was truncated or replaced and is read again from its start.
 * (Inode numbers would not tell: file systems give a deleted file's number to the next one.)
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

  /** What the file system calls it whatever its name; null if it has no such thing. */
  @Nullable Object key() {
    return key;
  }

  /**
   * Takes note of another name.
   *
   * @param isOutput whether all of what has that name is to be read, or only the rest of this file,
   *     should it be the same
   */
  void movedTo(Path newPath, boolean isOutput) {
    path = newPath;
    onlyRest = !isOutput;
    size = -1; // So that the next look finds it changed.
  }

  /**
   * Takes note of how the file looks now.
   *
   * @return whether it looks otherwise than last time, and so there may be something to read
   */
  boolean look(BasicFileAttributes now) {
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

  /** Whether everything has been read that was there when the file was looked at. */
  boolean isRead() {
    return readToSize;
  }

  /**
   * Reads on, as far as the file reached when it was looked at.
   *
   * @param chunk room for one chunk
   * @param maxChunks how many chunks to read at most
   * @return how many were read
   */
  int read(byte[] chunk, int maxChunks, RowHandler sink) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      if (!checked && !sameFile(channel)) {
        if (onlyRest) {
          readToSize = true;
          return 0;
        }
        position = 0;
        lastRead = new byte[0];
        lines.forget();
      }
      checked = true;
      int chunks = 0;
      while (chunks < maxChunks && position < size) {
        var room = ByteBuffer.wrap(chunk, 0, (int) Math.min(chunk.length, size - position));
        int count = channel.read(room, position);
        if (count <= 0) {
          size = position; // Truncated since it was looked at; the next look finds out.
          break;
        }
        lines.split(chunk, count, sink);
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
    var there = ByteBuffer.allocate(lastRead.length);
    while (there.hasRemaining()) {
      if (channel.read(there, position - there.remaining()) < 0) {
        return false;
      }
    }
    return Arrays.equals(there.array(), lastRead);
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
