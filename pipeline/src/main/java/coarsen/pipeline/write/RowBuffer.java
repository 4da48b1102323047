package coarsen.pipeline.write;

import coarsen.outputs.RowLimit;
import coarsen.records.JsonBytes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The rows of one element, one a line, with the keys that topics want. Used again and again. */
final class RowBuffer {
  private static final int FIRST_CAPACITY = 1 << 14;

  /**
   * A row.
   *
   * @param end where its line ends in the buffer, end of line included
   * @param partition of the source, where rows of like partition belong together; else −1
   * @param key the message key
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared or hashed.
  private record Row(int end, int partition, byte[] key) {}

  /** Takes one row. */
  interface Receiver {
    void row(byte[] key, byte[] row, int sourcePartition);
  }

  private final boolean keyed;
  private final JsonBytes text = new JsonBytes(FIRST_CAPACITY);
  private final List<Row> rows = new ArrayList<>();
  private int count;
  private int rowStart;

  /** With or without keys: files need none. */
  RowBuffer(boolean keyed) {
    this.keyed = keyed;
  }

  void clear() {
    text.clear();
    rows.clear();
    count = 0;
    rowStart = 0;
  }

  /** Where the next row is to be written. */
  JsonBytes text() {
    return text;
  }

  /**
   * Ends the row that was written.
   *
   * @throws IllegalStateException if no reader would take it
   */
  void end(int sourcePartition, Supplier<String> key) {
    int length = text.length() - rowStart;
    if (length > RowLimit.MAX_BYTES) {
      throw new IllegalStateException(
          "row " + key.get() + " has " + length + " bytes; readers take " + RowLimit.MAX_BYTES);
    }
    text.newLine();
    count++;
    rowStart = text.length();
    if (keyed) {
      byte[] bytes = key.get().getBytes(StandardCharsets.UTF_8);
      rows.add(new Row(text.length(), sourcePartition, bytes));
    }
  }

  int count() {
    return count;
  }

  void writeTo(OutputStream out) throws IOException {
    text.writeTo(out);
  }

  /** Passes on each row without its end of line; for a buffer with keys. */
  void forEach(Receiver receiver) {
    int start = 0;
    for (Row row : rows) {
      receiver.row(row.key(), text.toBytes(start, row.end() - 1), row.partition());
      start = row.end();
    }
  }
}
