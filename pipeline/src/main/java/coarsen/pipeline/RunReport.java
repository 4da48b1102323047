package coarsen.pipeline;

import coarsen.records.RejectReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/** What a run did. */
public final class RunReport {
  private final CountReadings.Counts counts;
  private final Duration starting;
  private final Duration reading;

  RunReport(CountReadings.Counts counts, Instant startedAt, Instant endedAt) {
    this.counts = counts;
    Instant firstAt = counts.firstAt().isBefore(endedAt) ? counts.firstAt() : endedAt;
    starting = Duration.between(startedAt, firstAt);
    reading = Duration.between(firstAt, endedAt);
  }

  /** Readings, late ones included, rejects not. */
  public long readings() {
    return counts.readings();
  }

  /** Readings that came too late for their windows. */
  public long late() {
    return counts.late();
  }

  /** Messages that are no readings, by reason. */
  public Map<RejectReason, Long> rejected() {
    return counts.rejected();
  }

  /** For people. */
  @Override
  public String toString() {
    double seconds = Math.max(0.001, reading.toMillis() / 1e3);
    long rejects = rejected().values().stream().mapToLong(Long::longValue).sum();
    String reasons =
        rejected().entrySet().stream()
            .map(entry -> entry.getKey() + " " + "%,d".formatted(entry.getValue()))
            .collect(Collectors.joining(", "));
    return "%,d readings in %.1f s (%,.0f readings/s) after %.1f s of starting; %,d too late for their windows, %,d rejected%s"
        .formatted(
            readings(),
            seconds,
            readings() / seconds,
            starting.toMillis() / 1e3,
            late(),
            rejects,
            rejects == 0 ? "" : " (" + reasons + ")");
  }
}
