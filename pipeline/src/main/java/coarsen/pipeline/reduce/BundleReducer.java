package coarsen.pipeline.reduce;

import coarsen.pipeline.batch.ReadingBatch;
import coarsen.records.EventTime;
import coarsen.records.OffsetRange;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reduces batches to one partial state for each window that their readings fall into. The engine
 * keeps every partial of a window until no reading can correct it, so the fewer the better: those
 * of a whole bundle are merged before they are handed on.
 */
final class BundleReducer {
  /** A window's part of one batch. */
  private static final class Part {
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

    private Partial partial(int partition, @Nullable Long replayFrom) {
      var state = new WindowState(summary);
      state.read(partition, new OffsetRange(firstOffset, lastOffset));
      if (replayFrom != null) {
        state.replayFrom(partition, replayFrom);
      }
      return new Partial(startMicros, earliestMicros, state);
    }
  }

  /**
   * A window's part of a bundle.
   *
   * @param earliestMicros the earliest event time in it
   */
  private record Partial(long startMicros, long earliestMicros, WindowState state) {
    private Partial merge(Partial other) {
      state.add(other.state);
      return new Partial(startMicros, Math.min(earliestMicros, other.earliestMicros), state);
    }

    /**
     * The time, in milliseconds, that puts the partial into its window. Before 1970 that is the
     * window's start: FixedWindows computes with Java's remainder, which is negative there, and
     * puts every other time into the window that follows.
     */
    private long elementMillis() {
      return Math.floorDiv(startMicros < 0 ? startMicros : earliestMicros, 1_000L);
    }
  }

  /** Takes the partials. */
  interface Receiver {
    void partial(WindowState state, long elementMillis);
  }

  private final long windowMicros;
  private final Map<Long, Partial> partials = new HashMap<>();

  BundleReducer(long windowMicros) {
    this.windowMicros = windowMicros;
  }

  /** Takes the readings of a batch, late ones left out. */
  void add(ReadingBatch batch) {
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
    NavigableMap<Long, Long> rises = rises(batch);
    for (Part reduced : parts.values()) {
      Map.Entry<Long, Long> rise =
          batch.greatestBefore() < reduced.startMicros
              ? rises.ceilingEntry(reduced.startMicros)
              : null;
      partials.merge(
          reduced.startMicros,
          reduced.partial(batch.partition(), rise == null ? null : rise.getValue()),
          Partial::merge);
    }
  }

  /** Hands on a partial state for each window, in no order, and forgets them. */
  void drain(Receiver receiver) {
    partials.values().forEach(p -> receiver.partial(p.state(), p.elementMillis()));
    partials.clear();
  }

  /**
   * The readings that lifted the partition's greatest event time into another window: by the start
   * of that window, the offset. The first that reached a window's start, or went past it, is where
   * a replay of this and all later windows begins.
   */
  private NavigableMap<Long, Long> rises(ReadingBatch batch) {
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
