package coarsen.viewer.verify;

import coarsen.records.Reading;

/**
 * Brings raw rows to their windows. They come twice: only when it is known which runs have a row of
 * a reading can it be told which of these rows counts. A row that was not there the first time came
 * later and is passed over.
 */
final class RawCheck {
  private final WindowChecks windows;
  private final ReadingNames listed = new ReadingNames();
  private final ReadingNames taken = new ReadingNames();
  private long rows;
  private long inWindows;
  private long late;
  private long inOpenWindows;

  RawCheck(WindowChecks windows) {
    this.windows = windows;
  }

  /** Takes a row for the first time. */
  void list(Reading row) {
    rows++;
    listed.add(row.partition(), row.offset(), row.run());
  }

  /** Takes a row for the second time. */
  void take(Reading row) {
    long start = windows.start(row.tsMicros());
    ReportedWindow told = windows.told(start);
    int newest = told == null ? ReadingNames.NO_RUN : told.run();
    if (row.run() != listed.tellingRun(row.partition(), row.offset(), newest)
        || !taken.add(row.partition(), row.offset(), 0)) {
      return;
    }
    if (row.late()) {
      late++;
    } else if (windows.isOpen(start, row.run())) {
      inOpenWindows++;
    } else {
      inWindows++;
      windows.at(start).add(row);
    }
  }

  /** The readings that have a row. */
  ReadingNames readings() {
    return listed;
  }

  long rows() {
    return rows;
  }

  long inWindows() {
    return inWindows;
  }

  long late() {
    return late;
  }

  long inOpenWindows() {
    return inOpenWindows;
  }

  /** Rows of readings that another row told of: of an older run, or of a bundle tried again. */
  long repeats() {
    return rows - inWindows - late - inOpenWindows;
  }
}
