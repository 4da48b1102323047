package coarsen.viewer.verify;

import java.util.HashMap;
import java.util.Map;

/** Looks for every message of the source topic in the raw and the rejected output. */
final class SourceCheck {
  private final ReadingNames raw;
  private final ReadingNames rejected;
  private final Scope scope;
  private final Differences differences;
  private final Map<Integer, Long> firsts;
  private final Map<Integer, Long> lasts;
  private long messages;
  private long beforeTheRun;
  private long notReadYet;

  /** Both outputs have been read. */
  SourceCheck(ReadingNames raw, ReadingNames rejected, Scope scope, Differences differences) {
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
      differences.add(
          "reading %d:%d: expected in raw or rejected, found in neither"
              .formatted(partition, offset));
    }
  }

  /**
   * Ends the check.
   *
   * @param ends of the topic's partitions, as they were after the outputs had been read
   */
  void end(Map<Integer, Long> ends) {
    lasts.forEach(
        (partition, last) -> {
          long end = ends.getOrDefault(partition, 0L);
          if (last >= end) {
            differences.add(
                "reading %d:%d: expected none, for the topic's partition ends at offset %d"
                    .formatted(partition, last, end));
          }
        });
  }

  long messages() {
    return messages;
  }

  long beforeTheRun() {
    return beforeTheRun;
  }

  long notReadYet() {
    return notReadYet;
  }
}
