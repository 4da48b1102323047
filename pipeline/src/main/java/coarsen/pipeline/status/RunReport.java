package coarsen.pipeline.status;

import coarsen.records.EventTime;
import coarsen.records.Fidelity;
import coarsen.records.RejectReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a run did, for people.
 *
 * @param status at its end
 * @param startedAt when it was started
 * @param endedAt when all rows were written
 */
public record RunReport(RunStatus status, Instant startedAt, Instant endedAt) {
  @Override
  public String toString() {
    RunStatus.Readings readings = status.readings();
    RunStatus.Windows windows = status.windows();
    Instant firstBatchAt = status.firstBatchAt().orElse(endedAt);
    double seconds = Math.max(0.001, seconds(firstBatchAt, endedAt));
    return String.format(
            Locale.ROOT,
            """
            %,d readings in %.1f s (%,.0f readings/s) after %.1f s of starting
            %s
            %,d late: in no window, marked in the raw rows
            %,d windows, %,d corrections of them
            %s""",
            readings.count(),
            seconds,
            readings.count() / seconds,
            seconds(startedAt, firstBatchAt),
            rejected(readings),
            readings.late(),
            windows.count(),
            windows.corrections(),
            readings.outOfOrder())
        + mostRejected(readings)
        + fields(status.fields())
        + shortUnit(readings)
        + repeatedTimes(readings.times().repeated())
        + implausibleTimestamps(readings.times().implausible())
        + fidelity(status.fidelity())
        + missed(readings.missedOffsets())
        + dropped(windows.droppedByEngine());
  }

  private static String rejected(RunStatus.Readings readings) {
    long sum = readings.rejected().values().stream().mapToLong(Long::longValue).sum();
    String reasons =
        readings.rejected().entrySet().stream()
            .map(entry -> String.format(Locale.ROOT, "%s %,d", entry.getKey(), entry.getValue()))
            .collect(Collectors.joining(", ", " (", ")"));
    return String.format(Locale.ROOT, "%,d rejected", sum) + (sum == 0 ? "" : reasons);
  }

  private static String mostRejected(RunStatus.Readings readings) {
    Map<RejectReason, Long> rejected = readings.rejected();
    long messages = readings.count() + rejected.values().stream().mapToLong(Long::longValue).sum();
    return rejected.entrySet().stream()
        .filter(entry -> 2 * entry.getValue() > messages)
        .map(
            entry ->
                String.format(
                    Locale.ROOT,
                    "\nmost messages, %,d of %,d, were rejected as %s: %s The rejected rows say why"
                        + " (--rejectedOutput)",
                    entry.getValue(),
                    messages,
                    entry.getKey(),
                    RejectHint.of(entry.getKey())))
        .collect(Collectors.joining());
  }

  private static String fields(RunStatus.Fields fields) {
    String text =
        fields.notNumbers() == 0
            ? ""
            : String.format(Locale.ROOT, "\n%,d fields are text or booleans", fields.notNumbers());
    return fields.notChosen() == 0
        ? text
        : text
            + (text.isEmpty() ? "\n" : ", ")
            + String.format(
                Locale.ROOT,
                text.isEmpty()
                    ? "%,d fields with numbers were not chosen (--valueField)"
                    : "%,d were not chosen (--valueField)",
                fields.notChosen());
  }

  private static String shortUnit(RunStatus.Readings readings) {
    long count = readings.times().shortUnit();
    return 2 * count <= readings.count()
        ? ""
        : String.format(
            Locale.ROOT,
            "\nmost readings, %,d, are in 1970, and fit their Kafka timestamps in a longer unit: is"
                + " --timestampUnit too short, such as ms instead of s?",
            count);
  }

  private static String repeatedTimes(long count) {
    return count == 0
        ? ""
        : String.format(
            Locale.ROOT,
            "\n%,d readings have a local time that --inputZone has twice; the earlier was taken",
            count);
  }

  private static String implausibleTimestamps(long messages) {
    return messages == 0
        ? ""
        : String.format(
            Locale.ROOT,
            "\n%,d messages with a Kafka timestamp that cannot be true: they count as without one",
            messages);
  }

  private static String fidelity(Fidelity fidelity) {
    if (fidelity.windows() == 0) {
      return "";
    }
    return String.format(
        Locale.ROOT,
        "\n%.4g readings a row; error of the mean: rms %.4g, worst %.4g in the window from %s; %,d windows hide a spike",
        fidelity.readingsPerRow(),
        fidelity.meanError(),
        fidelity.worstDeviation(),
        EventTime.format(fidelity.worstStartMicros()),
        fidelity.spikes());
  }

  private static String missed(long offsets) {
    return offsets == 0
        ? ""
        : String.format(
            Locale.ROOT,
            "\nMISSED %,d OFFSETS that were gone from the topic before they were read",
            offsets);
  }

  private static String dropped(long partials) {
    return partials == 0
        ? ""
        : String.format(
            Locale.ROOT,
            "\nTHE ENGINE DROPPED %,d PARTIAL SUMS: reduced rows are incomplete",
            partials);
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1e3;
  }
}
