package coarsen.viewer.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of one output at one moment.
 *
 * @param name {@code raw}, {@code reduced} or {@code rejected}
 * @param state whether rows arrive
 * @param since when the last row arrived, or when the output went away; null while it waits
 * @param detail why it waits or is gone; otherwise empty
 * @param traffic what has arrived so far
 */
public record OutputStatus(
    String name, OutputState state, @Nullable Instant since, String detail, Traffic traffic) {
  /**
   * What has arrived from one output.
   *
   * @param rows all rows, including repeats and older revisions
   * @param badLines lines and messages that were not rows
   * @param rowsPerSecond over the last 5 seconds
   * @param maxEventTime the newest event time, microseconds since 1970; null before the first
   */
  public record Traffic(
      long rows, long badLines, double rowsPerSecond, @Nullable Long maxEventTime) {}
}
