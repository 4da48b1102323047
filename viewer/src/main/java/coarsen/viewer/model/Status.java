package coarsen.viewer.model;

import coarsen.records.EventTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How all outputs were at one moment.
 *
 * @param at that moment, by the wall clock
 * @param sources raw, reduced, and rejected if that is followed, too
 */
public record Status(Instant at, List<OutputStatus> sources) {
  /** Keeps its own, unmodifiable list. */
  public Status {
    sources = List.copyOf(sources);
  }

  /** Rows of all outputs so far, repeats and older revisions too. */
  public long rows() {
    return sources.stream().mapToLong(OutputStatus::rows).sum();
  }

  /** Lines and messages of all outputs so far that were no rows. */
  public long badLines() {
    return sources.stream().mapToLong(OutputStatus::badLines).sum();
  }

  /** From the newest event time of the raw rows to now; null before the first of them. */
  public @Nullable Duration lag() {
    Long newest = sources.get(0).newestMicros();
    return newest == null ? null : Duration.between(EventTime.toInstant(newest), at);
  }
}
