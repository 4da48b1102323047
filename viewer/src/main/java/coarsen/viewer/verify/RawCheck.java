package coarsen.viewer.verify;

import coarsen.records.Reading;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Assigns raw rows to their windows. They are read twice: if several runs wrote a row of a reading,
 * only an index of all rows can say which of these rows counts, and only the readings before it in
 * its partition can say whether one was late. A row that is only there the second time was added
 * meanwhile and is skipped.
 */
final class RawCheck {
  private final WindowChecks windows;
  private final SeriesChecks series;
  private final Rules rules;
  private final Consumer<String> differences;
  private final ReadingNames indexed = new ReadingNames();
  private final ReadingNames late = new ReadingNames();

  /** Readings that have several rows, whose contents are kept to compare them. */
  private final ReadingNames repeated = new ReadingNames();

  private ReadingNames assigned = new ReadingNames();
  private final ReadingContents contents;
  private @Nullable ClockBounds clock;
  private @Nullable LateCheck lateCheck;
  private long rows;
  private long inWindows;
  private long lateReadings;
  private long lateIfIdle;
  private long inOpenWindows;

  /**
   * @param messagesAreRead whether {@link #contents} is filled from the messages
   */
  RawCheck(
      WindowChecks windows,
      SeriesChecks series,
      Rules rules,
      boolean messagesAreRead,
      Consumer<String> differences) {
    this.windows = windows;
    this.series = series;
    this.rules = rules;
    contents = new ReadingContents(messagesAreRead);
    this.differences = differences;
  }

  /** Adds a row for the first time. */
  void index(Reading row) {
    rows++;
    boolean known = indexed.contains(row.partition(), row.offset(), row.index());
    boolean first = indexed.add(row.partition(), row.offset(), row.index(), row.run());
    if (known) {
      repeated.add(row.partition(), row.offset(), row.index(), 0);
    }
    if (!first
        && row.late() != late.contains(row.partition(), row.offset(), row.index(), row.run())) {
      differences.accept(
          "reading %s: expected one row of run %d, found one that is late and one that is not"
              .formatted(ReadingNames.text(row.partition(), row.offset(), row.index()), row.run()));
    } else if (row.late()) {
      late.add(row.partition(), row.offset(), row.index(), row.run());
    }
    clock().add(row);
  }

  /** Adds a row for the second time. */
  void assign(Reading row) {
    if (!indexed.contains(row.partition(), row.offset(), row.index(), row.run())) {
      return;
    }
    compareContent(row);
    boolean idle = lateCheck().dependsOnIdleTime(row);
    long start = windows.start(row.tsMicros());
    if (!row.late()) {
      windows.readBy(start, row.run());
      series.readBy(start, row);
    }
    if (!counts(row, start)) {
      return;
    }
    if (row.late()) {
      lateReadings++;
      lateIfIdle += idle ? 1 : 0;
    } else if (windows.isOpen(start, row.run())) {
      inOpenWindows++;
    } else {
      inWindows++;
      windows.addReading(start, row);
      series.addReading(start, row);
    }
  }

  /** Begins to read all rows once more, for {@link #assignToSeries}. */
  void beginAgain() {
    assigned = new ReadingNames();
  }

  /** Adds a row that was assigned before, to its series. */
  void assignToSeries(Reading row) {
    if (row.late()
        || !series.holds(row.series())
        || !indexed.contains(row.partition(), row.offset(), row.index(), row.run())) {
      return;
    }
    long start = windows.start(row.tsMicros());
    series.readBy(start, row);
    if (counts(row, start) && !windows.isOpen(start, row.run())) {
      series.addReading(start, row);
    }
  }

  /** Whether this row of a reading is the one that counts for the window, and the first such. */
  private boolean counts(Reading row, long start) {
    ReportedWindow reported = windows.reported(start);
    int newestRun = reported == null ? ReadingNames.NO_RUN : reported.run();
    return row.run() == indexed.decisiveRun(row.partition(), row.offset(), row.index(), newestRun)
        && assigned.add(row.partition(), row.offset(), row.index(), 0);
  }

  /** The readings that have a row. */
  ReadingNames readings() {
    return indexed;
  }

  /** How far the partitions' clocks had come, by the rows that were indexed. */
  ClockBounds clock() {
    if (clock == null) {
      clock = new ClockBounds(windows.lengthMicros(), rules);
    }
    return clock;
  }

  /** What the rows must hold; filled before they are assigned where the messages were parsed. */
  ReadingContents contents() {
    return contents;
  }

  Balance.RawRows result() {
    return new Balance.RawRows(rows, inWindows, lateReadings, lateIfIdle, inOpenWindows);
  }

  private void compareContent(Reading row) {
    String difference = contents.difference(row);
    if (difference != null) {
      differences.accept(difference);
    } else if (repeated.contains(row.partition(), row.offset(), row.index())) {
      contents.add(
          row.partition(), row.offset(), row.index(), row.tsMicros(), row.value(), row.series());
    }
  }

  private LateCheck lateCheck() {
    if (lateCheck == null) {
      lateCheck = new LateCheck(clock(), rules, differences);
    }
    return lateCheck;
  }
}
