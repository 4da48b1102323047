package coarsen.viewer.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How one output was at one moment.
 *
 * @param name {@code raw}, {@code reduced} or {@code rejected}
 * @param place such as {@code topic:raw}
 * @param state what to make of it
 * @param since when the last row came, or when it went away; null while it waits
 * @param detail why it waits or is gone; else empty
 * @param rows so far, repeats and older revisions too
 * @param badLines lines and messages so far that were no rows
 * @param rowsPerSecond over the last 5 seconds
 * @param newestMicros the newest event time in its rows, microseconds since 1970; null without one
 */
public record OutputStatus(
    String name,
    String place,
    OutputState state,
    @Nullable Instant since,
    String detail,
    long rows,
    long badLines,
    double rowsPerSecond,
    @Nullable Long newestMicros) {}
