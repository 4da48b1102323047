package coarsen.viewer.verify;

import coarsen.records.EventTime;
import coarsen.records.Reading;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Event time and value of readings, by partition and offset; some 16 bytes for each. */
final class ReadingContents {
  private static final int BLOCK_BITS = 8;
  private static final int BLOCK = 1 << BLOCK_BITS;

  private static final class Block {
    private final long[] tsMicros = new long[BLOCK];
    private final double[] values = new double[BLOCK];
    private final BitSet present = new BitSet(BLOCK);
  }

  private final Map<Integer, Map<Long, Block>> byPartition = new HashMap<>();

  /** Adds a reading in place of the one that is there. */
  void add(int partition, long offset, long tsMicros, double value) {
    Block block =
        byPartition
            .computeIfAbsent(partition, key -> new HashMap<>())
            .computeIfAbsent(offset >> BLOCK_BITS, key -> new Block());
    int at = (int) offset & BLOCK - 1;
    block.tsMicros[at] = tsMicros;
    block.values[at] = value;
    block.present.set(at);
  }

  /** Whether there is a reading of that name. */
  boolean contains(int partition, long offset) {
    Block block = block(partition, offset);
    return block != null && block.present.get((int) offset & BLOCK - 1);
  }

  /** How a row differs from the reading of its name; null if it does not, or there is none. */
  @Nullable String difference(Reading row) {
    Block block = block(row.partition(), row.offset());
    int at = (int) row.offset() & BLOCK - 1;
    if (block == null
        || !block.present.get(at)
        || (block.tsMicros[at] == row.tsMicros() && block.values[at] == row.value())) {
      return null;
    }
    return "reading %d:%d: expected %s %s, found %s %s"
        .formatted(
            row.partition(),
            row.offset(),
            EventTime.format(block.tsMicros[at]),
            block.values[at],
            EventTime.format(row.tsMicros()),
            row.value());
  }

  private @Nullable Block block(int partition, long offset) {
    Map<Long, Block> blocks = byPartition.get(partition);
    return blocks == null ? null : blocks.get(offset >> BLOCK_BITS);
  }
}
