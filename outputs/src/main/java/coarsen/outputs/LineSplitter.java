package coarsen.outputs;

import java.util.Arrays;

/**
 * Cuts the chunks of one growing file into lines. An unfinished last line is kept for the chunk
 * that completes it; blank lines are passed over.
 */
final class LineSplitter {
  /**
   * Longer lines are cut short, and so no longer are JSON and count as bad: a file without an end
   * of line must not fill the memory. Rows have a few hundred bytes.
   */
  static final int MAX_LINE_BYTES = 1 << 20;

  private static final byte[] NOTHING = {};

  private byte[] unfinished = NOTHING;
  private int held;

  /** Hands on the lines that end in the first {@code length} bytes of a chunk. */
  void split(byte[] chunk, int length, RowHandler sink) {
    int from = 0;
    for (int i = 0; i < length; i++) {
      if (chunk[i] == '\n') {
        if (held == 0) {
          handOn(chunk, from, i - from, sink);
        } else {
          hold(chunk, from, i - from);
          handOn(unfinished, 0, held, sink);
          forget();
        }
        from = i + 1;
      }
    }
    hold(chunk, from, length - from);
  }

  /** Drops an unfinished line. */
  void forget() {
    unfinished = NOTHING;
    held = 0;
  }

  private static void handOn(byte[] bytes, int offset, int length, RowHandler sink) {
    boolean carriageReturn = length > 0 && bytes[offset + length - 1] == '\r';
    int bare = carriageReturn ? length - 1 : length;
    if (bare > 0) {
      sink.row(bytes, offset, bare);
    }
  }

  private void hold(byte[] chunk, int from, int count) {
    int kept = Math.min(count, MAX_LINE_BYTES - held);
    if (kept > 0) {
      if (unfinished.length < held + kept) {
        unfinished = Arrays.copyOf(unfinished, Math.max(held + kept, held * 2));
      }
      System.arraycopy(chunk, from, unfinished, held, kept);
      held += kept;
    }
  }
}
