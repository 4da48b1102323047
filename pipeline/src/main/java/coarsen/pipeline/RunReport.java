package coarsen.pipeline;

import coarsen.records.RejectReason;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** What a run did. */
public final class RunReport {
  private final CountReadings.Counts counts;
  private final Duration elapsed;

  RunReport(CountReadings.Counts counts, Duration elapsed) {
    this.counts = counts;
    this.elapsed = elapsed;
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
    double seconds = elapsed.toNanos() / 1e9;
    long rejects = rejected().values().stream().mapToLong(Long::longValue).sum();
    String reasons =
        rejected().entrySet().stream()
            .map(entry -> entry.getKey() + " " + "%,d".formatted(entry.getValue()))
            .collect(Collectors.joining(", "));
    return "%,d readings in %.1f s (%,.0f readings/s), %,d too late for their windows, %,d rejected%s"
        .formatted(
            readings(),
            seconds,
            readings() / seconds,
            late(),
            rejects,
            rejects == 0 ? "" : " (" + reasons + ")");
  }
}
