package coarsen.pipeline.reduce;

import coarsen.pipeline.batch.ReadingBatch;
import coarsen.records.EventTime;
import coarsen.records.OffsetRange;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reduces one batch to a partial state for each window that its readings fall into. */
final class BatchReducer {
  /** A window's part of a batch. */
  static final class Part {
    private final long startMicros;
    private final long firstOffset;
    private long lastOffset;
    private long earliestMicros = Long.MAX_VALUE;
    private final Summary summary = new Summary();

    private Part(long startMicros, long firstOffset) {
      this.startMicros = startMicros;
      this.firstOffset = firstOffset;
    }

    private void add(long tsMicros, double value, long offset) {
      earliestMicros = Math.min(earliestMicros, tsMicros);
      lastOffset = offset;
      summary.add(value);
    }

    /**
     * The time, in milliseconds, that puts the part into its window. Before 1970 that is the
     * window's start: FixedWindows computes with Java's remainder, which is negative there, and
     * puts every other time into the window that follows.
     */
    long elementMillis() {
      return Math.floorDiv(startMicros < 0 ? startMicros : earliestMicros, 1_000L);
    }

    private WindowState state(int partition, @Nullable Long replayFrom) {
      var state = new WindowState(summary);
      state.read(partition, new OffsetRange(firstOffset, lastOffset));
      if (replayFrom != null) {
        state.replayFrom(partition, replayFrom);
      }
      return state;
    }
  }

  /** Takes the parts. */
  interface Receiver {
    void part(WindowState state, long elementMillis);
  }

  private BatchReducer() {}

  /** Hands on the parts of a batch, late readings left out, in no order. */
  static void reduce(ReadingBatch batch, long windowMicros, Receiver receiver) {
    Map<Long, Part> parts = new HashMap<>();
    Part part = null;
    for (int i = 0; i < batch.size(); i++) {
      if (batch.late(i)) {
        continue;
      }
      long ts = batch.tsMicros(i);
      long offset = batch.offset(i);
      if (part == null || ts < part.startMicros || ts >= part.startMicros + windowMicros) {
        long start = EventTime.windowStart(ts, windowMicros);
        part = parts.computeIfAbsent(start, s -> new Part(s, offset));
      }
      part.add(ts, batch.value(i), offset);
    }
    NavigableMap<Long, Long> rises = rises(batch, windowMicros);
    for (Part reduced : parts.values()) {
      Map.Entry<Long, Long> rise =
          batch.greatestBefore() < reduced.startMicros
              ? rises.ceilingEntry(reduced.startMicros)
              : null;
      receiver.part(
          reduced.state(batch.partition(), rise == null ? null : rise.getValue()),
          reduced.elementMillis());
    }
  }

  /**
   * The readings that lifted the partition's greatest event time into another window: by the start
   * of that window, the offset. The first that reached a window's start, or went past it, is where
   * a replay of this and all later windows begins.
   */
  private static NavigableMap<Long, Long> rises(ReadingBatch batch, long windowMicros) {
    NavigableMap<Long, Long> rises = new TreeMap<>();
    long reached =
        batch.greatestBefore() == Long.MIN_VALUE
            ? Long.MIN_VALUE
            : EventTime.windowStart(batch.greatestBefore(), windowMicros);
    for (int i = 0; i < batch.size(); i++) {
      long start = EventTime.windowStart(batch.tsMicros(i), windowMicros);
      if (start > reached) {
        rises.put(start, batch.offset(i));
        reached = start;
      }
    }
    return rises;
  }
}
