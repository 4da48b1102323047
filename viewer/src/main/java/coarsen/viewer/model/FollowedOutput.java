package coarsen.viewer.model;

import coarsen.viewer.model.OutputStatus.Traffic;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** One output that is followed: takes its rows and knows its state. Thread-safe. */
public final class FollowedOutput {
  private static final long STALE_MILLIS = 10_000;
  private static final long PAUSES_TO_STALE = 5;
  private static final double WEIGHT_OF_NEWEST_PAUSE = 0.2;

  static final long NO_TIME = Long.MIN_VALUE;

  /** Parses rows and adds them to the model. */
  interface RowHandler {
    /**
     * Parses a row and adds it.
     *
     * @return its event time in microseconds; {@link #NO_TIME} if it has none
     * @throws IllegalArgumentException if the bytes are not a row
     */
    long add(byte[] bytes, int offset, int length);
  }

  private final String name;
  private final InstantSource clock;
  private final RowHandler handler;
  private final Rate rate = new Rate();
  private long rows;
  private long badLines;
  private long stateChanges;
  private long maxEventTime = NO_TIME;
  private @Nullable Instant lastRow;
  private @Nullable Instant unavailableSince;
  private String unavailableReason = "";
  private double averagePauseMillis;
  private long expectedPauseMillis;

  FollowedOutput(String name, InstantSource clock, RowHandler handler) {
    this.name = name;
    this.clock = clock;
    this.handler = handler;
  }

  /** Takes one row, or counts it as a bad line if it can't be parsed; does not keep the bytes. */
  public void row(byte[] bytes, int offset, int length) {
    try {
      arrived(handler.add(bytes, offset, length));
    } catch (IllegalArgumentException e) {
      badLine();
    }
  }

  /**
   * Sets whether the output can be read.
   *
   * @param reason why not; empty if it can
   */
  public synchronized void unavailable(String reason) {
    if (!reason.equals(unavailableReason)) {
      stateChanges++;
      unavailableSince = unavailableReason.isEmpty() ? clock.instant() : unavailableSince;
      unavailableReason = reason;
    }
  }

  /** Allows for pauses of this length between rows before the output counts as stale. */
  synchronized void expectPauses(long millis) {
    expectedPauseMillis = Math.max(expectedPauseMillis, millis);
  }

  synchronized OutputStatus status(Instant now) {
    OutputState state = state(now);
    return new OutputStatus(
        name,
        state,
        state == OutputState.GONE ? unavailableSince : lastRow,
        unavailableReason,
        new Traffic(
            rows,
            badLines,
            rate.perSecond(now.toEpochMilli()),
            maxEventTime == NO_TIME ? null : maxEventTime));
  }

  synchronized long rows() {
    return rows;
  }

  /** A number that grows with every row, bad line and change of availability. */
  synchronized long version() {
    return rows + badLines + stateChanges;
  }

  private OutputState state(Instant now) {
    if (!unavailableReason.isEmpty()) {
      return rows + badLines == 0 ? OutputState.WAITING : OutputState.GONE;
    }
    if (lastRow == null) {
      return OutputState.WAITING;
    }
    double patience =
        STALE_MILLIS + Math.max(PAUSES_TO_STALE * averagePauseMillis, 2.0 * expectedPauseMillis);
    long silence = now.toEpochMilli() - lastRow.toEpochMilli();
    return silence > patience ? OutputState.STALE : OutputState.LIVE;
  }

  private synchronized void arrived(long micros) {
    Instant now = clock.instant();
    if (lastRow != null) {
      long pause = now.toEpochMilli() - lastRow.toEpochMilli();
      if (pause > 0) { // Rows of one batch are one arrival.
        averagePauseMillis += WEIGHT_OF_NEWEST_PAUSE * (pause - averagePauseMillis);
      }
    }
    rows++;
    lastRow = now;
    rate.add(now.toEpochMilli());
    maxEventTime = Math.max(maxEventTime, micros);
  }

  private synchronized void badLine() {
    badLines++;
  }
}
