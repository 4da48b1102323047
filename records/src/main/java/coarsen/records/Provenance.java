package coarsen.records;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where in the source the readings of a row are.
 *
 * @param offsets by partition, first and last offset of the readings in the row
 * @param replayFrom by partition, where to start a replay that sees every reading of this and all
 *     later windows that the run had from its start on; a partition where that is not known is left
 *     out
 */
public record Provenance(
    SortedMap<Integer, OffsetRange> offsets, SortedMap<Integer, Long> replayFrom) {

  /** Nowhere. */
  static final Provenance NONE = of(Map.of(), Map.of());

  /** Copies the maps; they cannot be modified. */
  public Provenance {
    offsets = Collections.unmodifiableSortedMap(new TreeMap<>(offsets));
    replayFrom = Collections.unmodifiableSortedMap(new TreeMap<>(replayFrom));
  }

  /** Sorts maps that have no order. */
  public static Provenance of(Map<Integer, OffsetRange> offsets, Map<Integer, Long> replayFrom) {
    return new Provenance(new TreeMap<>(offsets), new TreeMap<>(replayFrom));
  }
}
