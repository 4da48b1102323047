package coarsen.pipeline.reduce;

import coarsen.records.EventWindow;
import coarsen.records.OffsetRange;
import coarsen.records.Pane;
import coarsen.records.Provenance;
import coarsen.records.RowVersion;
import coarsen.records.WindowSummary;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a window holds so far: a summary of its readings, and by partition where they came from.
 * Mutable; merges in any order to the same state.
 */
final class WindowState {
  private final Summary summary;
  private final TreeMap<Integer, OffsetRange> offsets;
  private final TreeMap<Integer, Long> replayFrom;

  /** Of the readings in a summary, which it makes its own. */
  WindowState(Summary summary) {
    this(summary, Map.of(), Map.of());
  }

  WindowState(Summary summary, Map<Integer, OffsetRange> offsets, Map<Integer, Long> replayFrom) {
    this.summary = summary;
    this.offsets = new TreeMap<>(offsets);
    this.replayFrom = new TreeMap<>(replayFrom);
  }

  /** Tells where readings of a partition came from. */
  void read(int partition, OffsetRange range) {
    offsets.merge(partition, range, OffsetRange::span);
  }

  /**
   * Tells that a partition's readings of this and all later windows are at this offset or behind.
   */
  void replayFrom(int partition, long offset) {
    replayFrom.merge(partition, offset, Math::min);
  }

  /** Adds what another state holds. */
  void add(WindowState other) {
    summary.add(other.summary);
    other.offsets.forEach(this::read);
    other.replayFrom.forEach(this::replayFrom);
  }

  /** A row of the readings; there must be one. */
  WindowSummary row(EventWindow window, Pane pane, RowVersion version) {
    return new WindowSummary(
        window,
        summary.count(),
        summary.aggregates(),
        pane,
        version,
        new Provenance(offsets, replayFrom));
  }

  Summary summary() {
    return summary;
  }

  /** By partition, first and last offset. */
  SortedMap<Integer, OffsetRange> offsets() {
    return Collections.unmodifiableSortedMap(offsets);
  }

  /** By partition, where to read from to see this and all later windows whole, where known. */
  SortedMap<Integer, Long> replayFrom() {
    return Collections.unmodifiableSortedMap(replayFrom);
  }
}
