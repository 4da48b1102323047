package coarsen.viewer.model;

import coarsen.records.EventTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of all outputs at one moment.
 *
 * @param at that moment, by the wall clock
 * @param sources raw, reduced, and rejected if it is followed
 */
public record Status(Instant at, List<OutputStatus> sources) {
  /** Copies the list. */
  public Status {
    sources = List.copyOf(sources);
  }

  /** All rows so far, including repeats and older revisions. */
  public long rows() {
    return sources.stream().mapToLong(source -> source.traffic().rows()).sum();
  }

  /** All lines and messages so far that were not rows. */
  public long badLines() {
    return sources.stream().mapToLong(source -> source.traffic().badLines()).sum();
  }

  /** How far the newest event time of the raw rows is behind the clock; null before the first. */
  public @Nullable Duration lag() {
    Long newest = sources.get(0).traffic().maxEventTime();
    return newest == null ? null : Duration.between(EventTime.toInstant(newest), at);
  }
}
