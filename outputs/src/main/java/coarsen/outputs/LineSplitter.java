package coarsen.outputs;

import java.util.Arrays;

/**
 * Splits the chunks of one growing file into lines. An unfinished last line is kept for the chunk
 * that completes it; blank lines are skipped. Lines longer than {@link RowLimit#MAX_BYTES} are
 * truncated, which makes them invalid JSON and so bad lines: a file without an end of line must not
 * fill the memory.
 */
final class LineSplitter {
  private static final byte[] NOTHING = {};

  private byte[] unfinished = NOTHING;
  private int unfinishedLength;

  /** Passes on the lines that end in the first {@code length} bytes of a chunk. */
  void split(byte[] chunk, int length, RowHandler handler) {
    int from = 0;
    for (int i = 0; i < length; i++) {
      if (chunk[i] == '\n') {
        if (unfinishedLength == 0) {
          pass(chunk, from, i - from, handler);
        } else {
          keep(chunk, from, i - from);
          pass(unfinished, 0, unfinishedLength, handler);
          reset();
        }
        from = i + 1;
      }
    }
    keep(chunk, from, length - from);
  }

  /** Drops an unfinished line. */
  void reset() {
    unfinished = NOTHING;
    unfinishedLength = 0;
  }

  private static void pass(byte[] bytes, int offset, int length, RowHandler handler) {
    boolean carriageReturn = length > 0 && bytes[offset + length - 1] == '\r';
    int bare = carriageReturn ? length - 1 : length;
    if (bare > 0) {
      handler.row(bytes, offset, bare);
    }
  }

  private void keep(byte[] chunk, int from, int count) {
    int kept = Math.min(count, RowLimit.MAX_BYTES - unfinishedLength);
    if (kept > 0) {
      if (unfinished.length < unfinishedLength + kept) {
        unfinished =
            Arrays.copyOf(unfinished, Math.max(unfinishedLength + kept, unfinishedLength * 2));
      }
      System.arraycopy(chunk, from, unfinished, unfinishedLength, kept);
      unfinishedLength += kept;
    }
  }
}
