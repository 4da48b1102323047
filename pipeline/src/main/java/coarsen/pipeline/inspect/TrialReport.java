package coarsen.pipeline.inspect;

import static coarsen.pipeline.inspect.Texts.count;

import coarsen.records.EventTime;
import coarsen.records.RejectReason;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What a run makes of the messages of a sample, for people. */
final class TrialReport {
  private static final int MOST_REASONS = 4;
  private static final int MOST_DETAIL = 110;
  private static final long SECOND = 1_000_000;

  private final Trial trial;

  TrialReport(Trial trial) {
    this.trial = trial;
  }

  /** Writes when the readings are from, and which messages are rejected. */
  void write(Lines lines, String time) {
    if (trial.readings() > 0) {
      lines.add(
          "event time",
          "%s: %s to %s".formatted(time, seconds(trial.earliest()), seconds(trial.latest())));
      lines.add("disorder", order());
      lines.add("delay", delay());
      if (!trial.series().isEmpty()) {
        lines.add("series", trial.series().toString());
      }
    }
    rejects(lines);
  }

  private static String seconds(long micros) {
    return EventTime.format(Math.floorDiv(micros, SECOND) * SECOND);
  }

  private String order() {
    if (trial.outOfOrder() == 0) {
      return "none; event times rise within each partition";
    }
    return "%s of the readings of a partition are out of order, by p50 %s, p99 %s, at most %s"
        .formatted(
            Texts.percent(trial.outOfOrder(), trial.readings()),
            Texts.duration(trial.disorder(0.5)),
            Texts.duration(trial.disorder(0.99)),
            Texts.duration(trial.disorder(1)));
  }

  private String delay() {
    if (trial.timed() == 0) {
      return "not known, for Kafka's timestamps are unusable";
    }
    long median = trial.delay(0.5);
    long max = trial.delay(1);
    if (median < 0) {
      return Texts.duration(-median) + " ahead of Kafka's time in the median";
    }
    return median == 0 && max == 0
        ? "none; event times are Kafka's timestamps"
        : "%s behind Kafka's time in the median, at most %s"
            .formatted(Texts.duration(median), Texts.duration(max));
  }

  private void rejects(Lines lines) {
    if (trial.rejected() == 0) {
      lines.add("rejects", "none of " + messages());
      return;
    }
    List<Map.Entry<RejectReason, Trial.Rejects>> byCount =
        trial.rejects().entrySet().stream()
            .sorted(
                Comparator.comparing(
                    (Map.Entry<RejectReason, Trial.Rejects> each) -> -each.getValue().count()))
            .toList();
    String label = "rejects";
    for (Map.Entry<RejectReason, Trial.Rejects> each :
        byCount.subList(0, Math.min(MOST_REASONS, byCount.size()))) {
      Trial.Rejects its = each.getValue();
      lines.add(
          label,
          "%s of %s, %s: %s (such as partition %d, offset %d)"
              .formatted(
                  count(its.count()),
                  parts(),
                  each.getKey(),
                  Texts.cut(its.first().detail(), MOST_DETAIL),
                  its.partition(),
                  its.first().offset()));
      label = "";
    }
    if (byCount.size() > MOST_REASONS) {
      lines.add("", "and more for " + count(byCount.size() - MOST_REASONS, "other reason"));
    }
  }

  private String messages() {
    return count(trial.messages(), "message")
        + (trial.isOfSeveral() ? ", which hold " + count(trial.readings(), "reading") : "");
  }

  /** Of messages that hold several readings, some may be rejected. */
  private String parts() {
    return (trial.isOfSeveral() ? count(trial.readings() + trial.rejected(), "part") + " of " : "")
        + count(trial.messages(), "message");
  }
}
