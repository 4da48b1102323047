package coarsen.viewer.verify;

import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A set of offsets that are mostly consecutive, or of places in the messages there. It takes a bit
 * for each place in a block where some are missing, and next to nothing for a block where none is.
 * They may be added in any order, since the files and partitions of an output are read one after
 * another.
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

    /** The first index from this one on that is in the block; {@code end} if there is none. */
    int next(int index, int end) {
      int at = index;
      while (at < end && !contains(at)) {
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

  /** So many bits of a place in a block are the place in the message; the others the offset. */
  private final int placeBits;

  private final TreeMap<Long, Block> blocks = new TreeMap<>();
  private long lastKey = -1;
  private @Nullable Block lastBlock;
  private long first = Long.MAX_VALUE;
  private long last = -1;

  /** A set of offsets alone: the only place of each is 0. */
  OffsetSet() {
    this(0);
  }

  /** A set of offsets with 2^{@code placeBits} places at each. */
  OffsetSet(int placeBits) {
    this.placeBits = placeBits;
  }

  /** Adds an offset; whether it was not in the set before. */
  boolean add(long offset) {
    return add(offset, 0);
  }

  /** Adds a place at an offset; whether it was not in the set before. */
  boolean add(long offset, int place) {
    long key = key(offset);
    Block block = find(key);
    if (block == null) {
      block = new Block();
      blocks.put(key, block);
      lastBlock = block;
    }
    boolean added = block.add(at(offset, place));
    if (added) {
      first = Math.min(first, offset);
      last = Math.max(last, offset);
    }
    return added;
  }

  boolean contains(long offset) {
    return contains(offset, 0);
  }

  boolean contains(long offset, int place) {
    Block block = find(key(offset));
    return block != null && block.contains(at(offset, place));
  }

  /** The first place from this one on at an offset; -1 if there is none. */
  int nextPlace(long offset, int place) {
    Block block = find(key(offset));
    if (block == null || place >= 1 << placeBits) {
      return -1;
    }
    int begin = at(offset, 0);
    int end = begin + (1 << placeBits);
    int at = block.next(begin + place, end);
    return at == end ? -1 : at - begin;
  }

  /** The smallest offset from this one on; {@code Long.MAX_VALUE} if there is none. */
  long next(long offset) {
    long key = key(offset);
    for (var entry : blocks.tailMap(key, true).entrySet()) {
      int from = entry.getKey() == key ? at(offset, 0) : 0;
      int at = entry.getValue().next(from, BLOCK);
      if (at < BLOCK) {
        return (entry.getKey() << (BLOCK_BITS - placeBits)) + (at >> placeBits);
      }
    }
    return Long.MAX_VALUE;
  }

  private long key(long offset) {
    return offset >> (BLOCK_BITS - placeBits);
  }

  private int at(long offset, int place) {
    return ((int) (offset << placeBits) & (BLOCK - 1)) | place;
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
