package coarsen.pipeline.reduce;

import coarsen.pipeline.batch.ReadingBatch;
import coarsen.pipeline.batch.SeriesColumn;
import coarsen.pipeline.time.WindowAssigner;
import coarsen.records.OffsetRange;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reduces batches to one partial state for each window that their readings fall into. The engine
 * keeps every partial of a window until no reading can correct it, so the fewer the better: those
 * of a whole bundle are merged before they are passed on.
 */
final class BundleReducer {
  /** A window's part of one batch. */
  private static final class Part {
    private final long startMicros;
    private final long firstOffset;
    private long lastOffset;
    private long earliestMicros = Long.MAX_VALUE;
    private final Summary summary = new Summary();
    private final SeriesTable.@Nullable BatchRows rows;

    private Part(long startMicros, long firstOffset, SeriesTable.@Nullable BatchRows rows) {
      this.startMicros = startMicros;
      this.firstOffset = firstOffset;
      this.rows = rows;
    }

    private void add(ReadingBatch batch, int i) {
      double value = batch.value(i);
      earliestMicros = Math.min(earliestMicros, batch.tsMicros(i));
      lastOffset = batch.offset(i);
      summary.add(value);
      if (rows != null) {
        rows.add(i, value);
      }
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
  }

  /** Takes the partials. */
  interface Receiver {
    /**
     * Takes one.
     *
     * @param series null where readings have none
     */
    void partial(WindowState state, @Nullable SeriesTable series, long elementMillis);
  }

  private final WindowAssigner windows;
  private final Map<Long, Partial> partials = new HashMap<>();
  private final Map<Long, SeriesTable> tables = new HashMap<>();

  BundleReducer(WindowAssigner windows) {
    this.windows = windows;
  }

  /** Adds the readings of a batch, without the late ones. */
  void add(ReadingBatch batch) {
    Map<Long, Part> parts = new HashMap<>();
    NavigableMap<Long, Long> firstOffsetByWindow = new TreeMap<>();
    long length = windows.lengthMicros();
    long reachedEnd =
        batch.maxEventTimeBefore() == Long.MIN_VALUE
            ? Long.MIN_VALUE
            : windows.startOf(batch.maxEventTimeBefore()) + length;
    Part part = null;
    for (int i = 0; i < batch.size(); i++) {
      long ts = batch.tsMicros(i);
      long offset = batch.offset(i);
      if (ts >= reachedEnd) {
        long start = windows.startOf(ts);
        firstOffsetByWindow.put(start, offset);
        reachedEnd = start + length;
      }
      if (batch.late(i)) {
        continue;
      }
      if (part == null || ts < part.startMicros || ts >= part.startMicros + length) {
        part =
            parts.computeIfAbsent(
                windows.startOf(ts), start -> new Part(start, offset, rows(start, batch)));
      }
      part.add(batch, i);
    }
    for (Part reduced : parts.values()) {
      partials.merge(
          reduced.startMicros,
          reduced.partial(
              batch.partition(), replayFrom(reduced.startMicros, batch, firstOffsetByWindow)),
          Partial::merge);
    }
  }

  private SeriesTable.@Nullable BatchRows rows(long start, ReadingBatch batch) {
    SeriesColumn series = batch.series();
    return series == null
        ? null
        : tables.computeIfAbsent(start, window -> new SeriesTable()).rows(series);
  }

  /** Passes on a partial state for each window, in no order, and forgets them. */
  void drain(Receiver receiver) {
    partials
        .values()
        .forEach(
            partial ->
                receiver.partial(
                    partial.state(),
                    tables.get(partial.startMicros()),
                    Math.floorDiv(windows.elementTime(partial.earliestMicros()), 1_000L)));
    partials.clear();
    tables.clear();
  }

  /**
   * Where a replay of a window and all later ones begins: at the first reading that lifted the
   * partition's greatest event time to the window's start or past it. Null if an earlier batch did.
   *
   * @param firstOffsetByWindow by the start of a window, the offset of the reading that lifted the
   *     greatest event time into it
   */
  private static @Nullable Long replayFrom(
      long start, ReadingBatch batch, NavigableMap<Long, Long> firstOffsetByWindow) {
    if (batch.maxEventTimeBefore() >= start) {
      return null;
    }
    Map.Entry<Long, Long> first = firstOffsetByWindow.ceilingEntry(start);
    return first == null ? null : first.getValue();
  }
}
