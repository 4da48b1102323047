package coarsen.viewer.verify;

import coarsen.records.Reading;

/**
 * Assigns raw rows to their windows. They are read twice: if several runs wrote a row of a reading,
 * only an index of all rows can say which of these rows counts. A row that is only there the second
 * time was added meanwhile and is skipped.
 */
final class RawCheck {
  private final WindowChecks windows;
  private final ReadingNames indexed = new ReadingNames();
  private final ReadingNames assigned = new ReadingNames();
  private long rows;
  private long inWindows;
  private long late;
  private long inOpenWindows;

  RawCheck(WindowChecks windows) {
    this.windows = windows;
  }

  /** Adds a row for the first time. */
  void index(Reading row) {
    rows++;
    indexed.add(row.partition(), row.offset(), row.run());
  }

  /** Adds a row for the second time. */
  void assign(Reading row) {
    long start = windows.start(row.tsMicros());
    ReportedWindow reported = windows.reported(start);
    int newestRun = reported == null ? ReadingNames.NO_RUN : reported.run();
    if (row.run() != indexed.decisiveRun(row.partition(), row.offset(), newestRun)
        || !assigned.add(row.partition(), row.offset(), 0)) {
      return;
    }
    if (row.late()) {
      late++;
    } else if (windows.isOpen(start, row.run())) {
      inOpenWindows++;
    } else {
      inWindows++;
      windows.addReading(start, row);
    }
  }

  /** The readings that have a row. */
  ReadingNames readings() {
    return indexed;
  }

  Balance.RawRows result() {
    return new Balance.RawRows(rows, inWindows, late, inOpenWindows);
  }
}
