package coarsen.viewer;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A line on a terminal that says, once a second, how far reading has got; elsewhere nothing. */
final class Progress implements AutoCloseable {
  private static final int ROWS_PER_LOOK = 1024;
  private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

  @SuppressWarnings("SystemConsoleNull") // It is null without a terminal in JDK 17.
  private final boolean onTerminal = System.console() != null;

  private long rows;
  private long printedAt = System.nanoTime();
  private boolean printed;

  /** Counts the rows of a place before they go on. */
  RowSink count(String place, RowSink sink) {
    rows = 0;
    return (bytes, offset, length) -> {
      count(place);
      sink.row(bytes, offset, length);
    };
  }

  /** Counts one more of a place. */
  void count(String place) {
    if (++rows % ROWS_PER_LOOK == 0 && onTerminal && System.nanoTime() - printedAt > PERIOD_NANOS) {
      System.err.printf(Locale.ROOT, "\r%,15d rows of %-30s", rows, place);
      printedAt = System.nanoTime();
      printed = true;
    }
  }

  /** Leaves the line, so that what follows begins on a new one. */
  @Override
  public void close() {
    if (printed) {
      System.err.println();
    }
  }
}
