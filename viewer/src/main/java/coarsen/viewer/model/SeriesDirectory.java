package coarsen.viewer.model;

import coarsen.records.EventTime;
import coarsen.records.EventWindow;
import coarsen.records.SeriesPattern;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The series that were found in the outputs: their names and how much they vary. At most {@link
 * #MAX_SERIES}, with names of 32 MB, which takes some 60 MB; of more, those that were found later
 * are not known, unless the user asked for them by a pattern. Not thread-safe.
 */
final class SeriesDirectory {
  static final int MAX_SERIES = 200_000;

  /** The spread covers 12 to 24 windows. */
  private static final int WINDOWS_PER_PERIOD = 12;

  private static final int MAX_BYTES = 32 << 20;
  private static final int MAX_ASKED_FOR = 1_000;

  private final Predicate<String> isAskedFor;
  private final List<KnownSeries> inOrderOfArrival = new ArrayList<>();
  private @Nullable KnownSeries[] table = new KnownSeries[1 << 10];
  private long bytes;
  private int askedFor;
  private boolean isComplete = true;
  private long period = Long.MIN_VALUE;
  private long periodMicros;

  /**
   * @param isAskedFor which names are kept even if there are too many
   */
  SeriesDirectory(Predicate<String> isAskedFor) {
    this.isAskedFor = isAskedFor;
  }

  /** The series with this name in UTF-8; null if it is not known. */
  @Nullable KnownSeries find(byte[] text, int length) {
    for (int slot = KnownSeries.slot(text, length, table.length); ; slot++) {
      KnownSeries known = table[slot & (table.length - 1)];
      if (known == null || known.is(text, length)) {
        return known;
      }
    }
  }

  /** Adds a series that is not known; null if there are too many. */
  @Nullable KnownSeries add(byte[] text) {
    var series = new KnownSeries(text);
    if (inOrderOfArrival.size() - askedFor >= MAX_SERIES || bytes > MAX_BYTES) {
      if (askedFor == MAX_ASKED_FOR || !isAskedFor.test(series.name())) {
        isComplete = false;
        return null;
      }
      askedFor++;
    }
    inOrderOfArrival.add(series);
    bytes += text.length;
    if (2 * inOrderOfArrival.size() > table.length) {
      table = new KnownSeries[2 * table.length];
      inOrderOfArrival.forEach(this::place);
    } else {
      place(series);
    }
    return series;
  }

  private void place(KnownSeries series) {
    int slot = series.slot(table.length);
    while (table[slot] != null) {
      slot = (slot + 1) & (table.length - 1);
    }
    table[slot] = series;
  }

  /** Takes a row of a window of a known series into account. */
  void add(KnownSeries series, EventWindow window, double mean, double min, double max) {
    long length = window.lengthMicros() * WINDOWS_PER_PERIOD;
    long at = EventTime.windowStart(window.startMicros(), length);
    if (at >= period) {
      period = at;
      periodMicros = length;
    }
    series.add(window, at, length, mean, min, max);
  }

  /** The number of known series. */
  int size() {
    return inOrderOfArrival.size();
  }

  /** Whether all series that were found are known. */
  boolean isComplete() {
    return isComplete;
  }

  /** A known series, by the order of arrival, from 0. */
  KnownSeries get(int index) {
    return inOrderOfArrival.get(index);
  }

  /** How much a series varies; NaN while nothing is known of that. */
  double spread(KnownSeries series) {
    return series.spread(period, periodMicros);
  }

  /**
   * The series whose names contain a text, in upper or lower case.
   *
   * @param text in which {@code *} stands for any characters and {@code ?} for one
   * @param limit how many of them to list at most
   */
  SeriesList search(String text, int limit) {
    SeriesPattern pattern = SeriesPattern.parse("*" + text.toLowerCase(Locale.ROOT) + "*");
    Comparator<String> lastFirst = Comparator.reverseOrder();
    var first =
        new PriorityQueue<SeriesList.Entry>(
            Comparator.comparing(SeriesList.Entry::name, lastFirst));
    long matching = 0;
    for (KnownSeries series : inOrderOfArrival) {
      String name = series.name();
      if (!text.isEmpty() && !pattern.isOf(name.toLowerCase(Locale.ROOT))) {
        continue;
      }
      matching++;
      SeriesList.Entry last = first.peek();
      if (first.size() < limit || (last != null && name.compareTo(last.name()) < 0)) {
        first.add(new SeriesList.Entry(name, spread(series), series.last()));
        if (first.size() > limit) {
          first.poll();
        }
      }
    }
    List<SeriesList.Entry> sorted = new ArrayList<>(first);
    sorted.sort(Comparator.comparing(SeriesList.Entry::name));
    return new SeriesList(size(), isComplete, matching, sorted);
  }
}
