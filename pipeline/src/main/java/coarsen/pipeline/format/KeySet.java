package coarsen.pipeline.format;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A set of keys that are parts of one array. It is emptied and filled again for each line, so it
 * makes no objects. Who sends messages can't choose keys that are slow: the hash is a secret of
 * this JVM.
 */
final class KeySet {
  private static final long MULTIPLIER = new SplittableRandom().nextLong() | 1;

  private byte[] bytes = {};

  // Open addressing. A slot that is not of this generation is empty.
  private int size;
  private int generation = 1;
  private int[] generations = new int[64];
  private long[] hashes = new long[64];
  private int[] starts = new int[64];
  private int[] ends = new int[64];

  /** The hash of a key and a byte behind it; that of an empty key is 0. */
  static long hash(long hash, byte next) {
    return (hash + (next & 0xFF) + 1) * MULTIPLIER;
  }

  /** The hash of a key. */
  static long hash(byte[] bytes, int start, int end) {
    long hash = 0;
    for (int i = start; i < end; i++) {
      hash = hash(hash, bytes[i]);
    }
    return hash;
  }

  /** Empties the set; keys to be added are in this array. */
  void clear(byte[] array) {
    bytes = array;
    size = 0;
    if (++generation == 0) {
      Arrays.fill(generations, 0);
      generation = 1;
    }
  }

  /** Adds a key; false if it is there already. */
  boolean add(int start, int end, long hash) {
    int slot = slot(bytes, start, end, hash);
    if (generations[slot] == generation) {
      return false;
    }
    put(slot, start, end, hash);
    if (++size * 2 > generations.length) {
      grow();
    }
    return true;
  }

  /** Whether it has a key, which may be in another array. */
  boolean contains(byte[] array, int start, int end, long hash) {
    return generations[slot(array, start, end, hash)] == generation;
  }

  /** The slot of a key, or the empty one where it belongs. */
  private int slot(byte[] array, int start, int end, long hash) {
    int mask = generations.length - 1;
    int slot = mixed(hash) & mask;
    while (generations[slot] == generation
        && !(hashes[slot] == hash
            && Arrays.equals(bytes, starts[slot], ends[slot], array, start, end))) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /** The upper bits of a product depend on all bits of its factors. */
  private static int mixed(long hash) {
    return (int) (((hash ^ (hash >>> 32)) * MULTIPLIER) >>> 32);
  }

  private void put(int slot, int start, int end, long hash) {
    generations[slot] = generation;
    hashes[slot] = hash;
    starts[slot] = start;
    ends[slot] = end;
  }

  private void grow() {
    int[] oldGenerations = generations;
    long[] oldHashes = hashes;
    int[] oldStarts = starts;
    int[] oldEnds = ends;
    int room = 2 * oldGenerations.length;
    generations = new int[room];
    hashes = new long[room];
    starts = new int[room];
    ends = new int[room];
    for (int i = 0; i < oldGenerations.length; i++) {
      if (oldGenerations[i] == generation) {
        put(
            slot(bytes, oldStarts[i], oldEnds[i], oldHashes[i]),
            oldStarts[i],
            oldEnds[i],
            oldHashes[i]);
      }
    }
  }
}
