package coarsen.records;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The series that are in use in this JVM, most of them. Each message names its series again, and
 * must not make an object for it; a series that nothing refers to any more is not kept. It has room
 * for two million, in 8 MB; of more, some are made again. Safe for use by several threads.
 */
final class SeriesCache {
  private static final int SLOTS = 1 << 21;
  private static final int PROBES = 4;

  private final AtomicReferenceArray<@Nullable WeakReference<Series>> slots =
      new AtomicReferenceArray<>(SLOTS + PROBES);

  /** The series with these labels; null if it is not known. */
  @Nullable Series find(String[] names, String[] values, int hash) {
    int first = hash & SLOTS - 1;
    for (int slot = first; slot < first + PROBES; slot++) {
      Series series = get(slot);
      if (series != null && series.hashCode() == hash && series.has(names, values)) {
        return series;
      }
    }
    return null;
  }

  /** Adds a series, in the place of another if there is no room. */
  void add(Series series) {
    int first = series.hashCode() & SLOTS - 1;
    int slot = first;
    while (slot < first + PROBES && get(slot) != null) {
      slot++;
    }
    slots.setRelease(
        slot == first + PROBES ? first + (series.hashCode() >>> 30) : slot,
        new WeakReference<>(series));
  }

  private @Nullable Series get(int slot) {
    WeakReference<Series> reference = slots.getAcquire(slot);
    return reference == null ? null : reference.get();
  }
}
