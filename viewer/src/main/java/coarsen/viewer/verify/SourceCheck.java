package coarsen.viewer.verify;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Looks up every message of the source topic in the raw and the rejected output. */
final class SourceCheck {
  private final ReadingNames raw;
  private final ReadingNames rejected;
  private final Verification.Scope scope;
  private final Consumer<String> differences;
  private final Map<Integer, Long> firsts;
  private final Map<Integer, Long> lasts;
  private long messages;
  private long beforeTheRun;
  private long notReadYet;

  /** Both outputs must have been read. */
  SourceCheck(
      ReadingNames raw,
      ReadingNames rejected,
      Verification.Scope scope,
      Consumer<String> differences) {
    this.raw = raw;
    this.rejected = rejected;
    this.scope = scope;
    this.differences = differences;
    firsts = new HashMap<>(raw.firsts());
    rejected.firsts().forEach((partition, first) -> firsts.merge(partition, first, Math::min));
    lasts = new HashMap<>(raw.lasts());
    rejected.lasts().forEach((partition, last) -> lasts.merge(partition, last, Math::max));
  }

  void message(int partition, long offset) {
    messages++;
    if (raw.contains(partition, offset) || rejected.contains(partition, offset)) {
      return;
    }
    if (!scope.complete() && offset > lasts.getOrDefault(partition, -1L)) {
      notReadYet++;
    } else if (!scope.fromEarliest() && offset < firsts.getOrDefault(partition, Long.MAX_VALUE)) {
      beforeTheRun++;
    } else {
      differences.accept(
          "reading %d:%d: expected in raw or rejected, found in neither"
              .formatted(partition, offset));
    }
  }

  /**
   * Checks that no output holds a message beyond the topic's end.
   *
   * @param ends by partition; found after the outputs had been read
   */
  void end(Map<Integer, Long> ends) {
    lasts.forEach(
        (partition, last) -> {
          long end = ends.getOrDefault(partition, 0L);
          if (last >= end) {
            differences.accept(
                "reading %d:%d: expected none, for the topic's partition ends at offset %d"
                    .formatted(partition, last, end));
          }
        });
  }

  Balance.SourceTopic result() {
    return new Balance.SourceTopic(messages, beforeTheRun, notReadYet);
  }
}
