package coarsen.viewer.verify;

import coarsen.records.EventTime;
import coarsen.records.Reading;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Event time and value of readings, by partition, offset and index; some 16 bytes for each. Those
 * with index 0 are kept in blocks of offsets, the others message by message.
 */
final class ReadingContents {
  private static final int BLOCK_BITS = 8;
  private static final int BLOCK = 1 << BLOCK_BITS;

  private static final class Block {
    private long[] tsMicros;
    private double[] values;
    private final BitSet present;

    Block(int size) {
      tsMicros = new long[size];
      values = new double[size];
      present = new BitSet(size);
    }

    void put(int at, long ts, double value) {
      if (at >= tsMicros.length) {
        int size = Math.max(at + 1, tsMicros.length * 3 / 2);
        tsMicros = Arrays.copyOf(tsMicros, size);
        values = Arrays.copyOf(values, size);
      }
      tsMicros[at] = ts;
      values[at] = value;
      present.set(at);
    }
  }

  /** Index 0, by partition and offset / 256. */
  private final Map<Integer, Map<Long, Block>> alone = new HashMap<>();

  /** Greater indexes, by partition and offset. */
  private final Map<Integer, Map<Long, Block>> further = new HashMap<>();

  /** Adds a reading in place of the one that is there. */
  void add(int partition, long offset, int index, long tsMicros, double value) {
    (index == 0 ? alone : further)
        .computeIfAbsent(partition, key -> new HashMap<>())
        .computeIfAbsent(key(offset, index), key -> new Block(index == 0 ? BLOCK : index))
        .put(at(offset, index), tsMicros, value);
  }

  /** How a row differs from the reading of its name; null if it does not, or there is none. */
  @Nullable String difference(Reading row) {
    Map<Long, Block> blocks = (row.index() == 0 ? alone : further).get(row.partition());
    Block block = blocks == null ? null : blocks.get(key(row.offset(), row.index()));
    int at = at(row.offset(), row.index());
    if (block == null
        || !block.present.get(at)
        || (block.tsMicros[at] == row.tsMicros() && block.values[at] == row.value())) {
      return null;
    }
    return "reading %s: expected %s %s, found %s %s"
        .formatted(
            ReadingNames.text(row.partition(), row.offset(), row.index()),
            EventTime.format(block.tsMicros[at]),
            block.values[at],
            EventTime.format(row.tsMicros()),
            row.value());
  }

  private static long key(long offset, int index) {
    return index == 0 ? offset >> BLOCK_BITS : offset;
  }

  private static int at(long offset, int index) {
    return index == 0 ? (int) offset & BLOCK - 1 : index - 1;
  }
}
