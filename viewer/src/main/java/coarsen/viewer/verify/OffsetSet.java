package coarsen.viewer.verify;

import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A set of offsets that are mostly consecutive. It takes a bit for each offset in a block where
 * some are missing, and next to nothing for a block where none is. Offsets may be added in any
 * order, since the files and partitions of an output are read one after another.
 */
final class OffsetSet {
  private static final int BLOCK_BITS = 12;
  private static final int BLOCK = 1 << BLOCK_BITS;

  private static final class Block {
    /** Null when the block is full. */
    private long @Nullable [] words = new long[BLOCK / Long.SIZE];

    private int count;

    boolean contains(int index) {
      return words == null || (words[index / Long.SIZE] & 1L << index) != 0;
    }

    /** The first index from this one on that is in the block; {@code BLOCK} if there is none. */
    int next(int index) {
      int at = index;
      while (at < BLOCK && !contains(at)) {
        at++;
      }
      return at;
    }

    boolean add(int index) {
      if (words == null || contains(index)) {
        return false;
      }
      words[index / Long.SIZE] |= 1L << index;
      if (++count == BLOCK) {
        words = null;
      }
      return true;
    }
  }

  private final TreeMap<Long, Block> blocks = new TreeMap<>();
  private long lastKey = -1;
  private @Nullable Block lastBlock;
  private long first = Long.MAX_VALUE;
  private long last = -1;

  /** Adds an offset; whether it was not in the set before. */
  boolean add(long offset) {
    long key = offset >> BLOCK_BITS;
    Block block = find(key);
    if (block == null) {
      block = new Block();
      blocks.put(key, block);
      lastBlock = block;
    }
    boolean added = block.add((int) offset & BLOCK - 1);
    if (added) {
      first = Math.min(first, offset);
      last = Math.max(last, offset);
    }
    return added;
  }

  boolean contains(long offset) {
    Block block = find(offset >> BLOCK_BITS);
    return block != null && block.contains((int) offset & BLOCK - 1);
  }

  /** The smallest offset from this one on; {@code Long.MAX_VALUE} if there is none. */
  long next(long offset) {
    long key = offset >> BLOCK_BITS;
    for (var entry : blocks.tailMap(key, true).entrySet()) {
      long begin = entry.getKey() << BLOCK_BITS;
      int index = entry.getValue().next((int) Math.max(0, offset - begin));
      if (index < BLOCK) {
        return begin + index;
      }
    }
    return Long.MAX_VALUE;
  }

  /** The last block again, without looking for it: most offsets follow one another. */
  private @Nullable Block find(long key) {
    if (key != lastKey) {
      lastKey = key;
      lastBlock = blocks.get(key);
    }
    return lastBlock;
  }

  /** The smallest offset; {@code Long.MAX_VALUE} if there is none. */
  long first() {
    return first;
  }

  /** The largest offset; -1 if there is none. */
  long last() {
    return last;
  }
}
