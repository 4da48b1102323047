package coarsen.viewer.model;

import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * One output that is followed: takes its rows, and knows how it is. Safe to be used by several
 * threads.
 */
public final class FollowedOutput {
  private static final long STALE_MILLIS = 10_000;
  private static final long PAUSES_TO_STALE = 5;
  private static final double SHARE_OF_NEWEST_PAUSE = 0.2;

  static final long NO_TIME = Long.MIN_VALUE;

  /** Takes a row into the model. */
  interface Taker {
    /**
     * Parses a row and takes it.
     *
     * @return its event time in microseconds; {@link #NO_TIME} if it has none
     * @throws IllegalArgumentException if the bytes are no row
     */
    long take(byte[] bytes, int offset, int length);
  }

  private final String name;
  private final String place;
  private final InstantSource clock;
  private final Taker taker;
  private final Rate rate = new Rate();
  private long rows;
  private long badLines;
  private long changes;
  private long newestMicros = NO_TIME;
  private @Nullable Instant lastRow;
  private @Nullable Instant missingSince;
  private String missing = "";
  private double usualPauseMillis;
  private long expectedPauseMillis;

  FollowedOutput(String name, String place, InstantSource clock, Taker taker) {
    this.name = name;
    this.place = place;
    this.clock = clock;
    this.taker = taker;
  }

  /** Takes one row; what is none is counted as a bad line. The bytes stay the caller's. */
  public void row(byte[] bytes, int offset, int length) {
    try {
      arrived(taker.take(bytes, offset, length));
    } catch (IllegalArgumentException e) {
      badLine();
    }
  }

  /**
   * Takes note of whether the output is there.
   *
   * @param why it is not there; empty if it is
   */
  public synchronized void missing(String why) {
    if (!why.equals(missing)) {
      changes++;
      missingSince = missing.isEmpty() ? clock.instant() : missingSince;
      missing = why;
    }
  }

  /** Takes note that rows may well come no more often than this. */
  synchronized void expectPauses(long millis) {
    expectedPauseMillis = Math.max(expectedPauseMillis, millis);
  }

  synchronized OutputStatus status(Instant now) {
    OutputState state = state(now);
    return new OutputStatus(
        name,
        place,
        state,
        state == OutputState.GONE ? missingSince : lastRow,
        missing,
        rows,
        badLines,
        rate.perSecond(now.toEpochMilli()),
        newestMicros == NO_TIME ? null : newestMicros);
  }

  synchronized long rows() {
    return rows;
  }

  /** A number that grows with everything that is read. */
  synchronized long version() {
    return rows + badLines + changes;
  }

  private OutputState state(Instant now) {
    if (!missing.isEmpty()) {
      return rows + badLines == 0 ? OutputState.WAITING : OutputState.GONE;
    }
    if (lastRow == null) {
      return OutputState.WAITING;
    }
    double patience =
        STALE_MILLIS + Math.max(PAUSES_TO_STALE * usualPauseMillis, 2.0 * expectedPauseMillis);
    long silence = now.toEpochMilli() - lastRow.toEpochMilli();
    return silence > patience ? OutputState.STALE : OutputState.LIVE;
  }

  private synchronized void arrived(long micros) {
    Instant now = clock.instant();
    if (lastRow != null) {
      long pause = now.toEpochMilli() - lastRow.toEpochMilli();
      if (pause > 0) { // Rows that come together are one arrival.
        usualPauseMillis += SHARE_OF_NEWEST_PAUSE * (pause - usualPauseMillis);
      }
    }
    rows++;
    lastRow = now;
    rate.add(now.toEpochMilli());
    newestMicros = Math.max(newestMicros, micros);
  }

  private synchronized void badLine() {
    badLines++;
  }
}
