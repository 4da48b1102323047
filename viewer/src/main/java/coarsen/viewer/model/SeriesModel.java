package coarsen.viewer.model;

import coarsen.records.Reading;
import coarsen.records.Series;
import coarsen.records.WindowSummary;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows that are kept, those of few series, and the names of all series. The first series that
 * arrive are kept; later ones from the time on when somebody wants to see them, and then what the
 * outputs held before is missing. Thread-safe.
 */
final class SeriesModel {
  private final SeriesStore store = new SeriesStore();
  private final SeriesDirectory directory;
  private final SeriesChooser chooser;

  /** The series that are kept although earlier rows of theirs were dropped. */
  private final Set<String> incomplete = new HashSet<>();

  /** Whether readings of all series are kept as one series. */
  private boolean keepsAllReadings;

  private long histories;

  /**
   * @param askedFor the series of this selection are found even if there are very many
   */
  SeriesModel(Selection askedFor) {
    directory = new SeriesDirectory(SeriesChooser.matcher(askedFor));
    chooser = new SeriesChooser(directory);
  }

  /** What to draw now; the series that it shows are kept from now on. */
  synchronized Picture picture(VisibleSpan extent, SeriesChoice choice, Status status) {
    return store.picture(store.range(extent, choice.colours().keySet()), extent, choice, status);
  }

  synchronized Picture picture(Range range, SeriesChoice choice, Status status) {
    return store.picture(range, choice, status);
  }

  synchronized SeriesList search(String text, int limit) {
    return directory.search(text, limit);
  }

  /** A copy of all rows, which does not change any more. */
  synchronized SeriesStore freeze() {
    return store.copy();
  }

  /** The series to show now, which are kept from now on. */
  synchronized SeriesChoice choose(Selection selection, long nowMillis) {
    SeriesChoice choice = chooser.choose(selection, nowMillis);
    if (choice.hasSeries()) {
      choice.colours().keySet().forEach(this::want);
    }
    return choice;
  }

  /** Whether a row is of a series that is known and not kept. */
  synchronized boolean isDropped(RowScan scan) {
    KnownSeries known = directory.find(scan.text(), scan.textLength());
    return known != null && !known.isKept;
  }

  /** Takes a raw row without keeping it, if that is enough; returns whether it is. */
  synchronized boolean passRaw(RowScan scan) {
    boolean isEnough = !keepsAllReadings && isDropped(scan);
    if (isEnough) {
      store.passed(scan.micros());
    }
    return isEnough;
  }

  /** Takes a reduced row without keeping it, if that is enough; returns whether it is. */
  synchronized boolean passReduced(RowScan scan) {
    KnownSeries known = directory.find(scan.text(), scan.textLength());
    if (known == null || known.isKept) {
      return false;
    }
    directory.add(known, scan.window(), scan.mean(), scan.min(), scan.max());
    return true;
  }

  synchronized void add(String name, Reading reading) {
    store.passed(reading.tsMicros());
    boolean isNamed = !name.equals(Selection.ALL_READINGS);
    if (isNamed && keepsAllReadings) {
      store.add(Selection.ALL_READINGS, reading);
    }
    KnownSeries known = isNamed ? known(name) : null;
    if (!isNamed || (known != null && known.isKept)) {
      store.add(name, reading);
    }
  }

  synchronized void add(String name, Mean mean) {
    boolean isNamed = !name.equals(Selection.ALL_READINGS);
    KnownSeries known = isNamed ? known(name) : null;
    if (known != null) {
      directory.add(known, mean.window(), mean.avg(), mean.min(), mean.max());
    }
    if (!isNamed || (known != null && known.isKept)) {
      store.add(name, mean);
    }
  }

  /** The series that are kept and of which earlier rows are missing. */
  synchronized Set<String> incomplete() {
    return Set.copyOf(incomplete);
  }

  /** Adds an earlier reading of some series. */
  synchronized void addEarlier(Set<String> names, Reading reading) {
    String name = name(reading.series());
    if (names.contains(name) && store.keeps(name)) {
      store.add(name, reading);
    }
    if (reading.series() != null && names.contains(Selection.ALL_READINGS)) {
      store.add(Selection.ALL_READINGS, reading);
    }
  }

  /** Adds an earlier row of some series. */
  synchronized void addEarlier(Set<String> names, WindowSummary row) {
    String name = name(row.series());
    if (names.contains(name) && store.keeps(name)) {
      store.add(name, Mean.of(row));
    }
  }

  /** All earlier rows of some series were added. */
  synchronized void earlierAdded(Set<String> names) {
    incomplete.removeAll(names);
    histories++;
  }

  /** How often earlier rows were added. */
  synchronized long histories() {
    return histories;
  }

  static String name(@Nullable Series series) {
    return series == null ? Selection.ALL_READINGS : series.text();
  }

  /** The series with this name, known from now on; null if there are too many. */
  private @Nullable KnownSeries known(String name) {
    KnownSeries known = find(name);
    if (known == null) {
      known = directory.add(name.getBytes(StandardCharsets.UTF_8));
      if (known != null && store.hasRoom()) {
        known.isKept = true;
        store.want(name);
      }
    }
    return known;
  }

  private void want(String name) {
    if (name.equals(Selection.ALL_READINGS)) {
      if (!keepsAllReadings) {
        keepsAllReadings = true;
        incomplete.add(name);
      }
      return;
    }
    KnownSeries known = find(name);
    if (known != null) {
      if (!known.isKept) {
        makeRoom();
        known.isKept = true;
        incomplete.add(name);
      }
      store.want(name);
    }
  }

  private void makeRoom() {
    while (!store.hasRoom()) {
      String name = store.dropOne();
      incomplete.remove(name);
      KnownSeries dropped = find(name);
      if (dropped != null) {
        dropped.isKept = false;
      }
    }
  }

  private @Nullable KnownSeries find(String name) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    return directory.find(text, text.length);
  }
}
