package coarsen.pipeline.status;

import coarsen.pipeline.scope.RunScope;
import coarsen.records.Fidelity;
import coarsen.records.WindowSummary;
import java.util.TreeMap;

/**
 * The fidelity of the rows that one run wrote in this JVM. A row replaces the previous one of its
 * window while the window is among the last 10,000; older windows count as they were last written.
 */
final class RunFidelity {
  private static final int REPLACEABLE = 10_000;

  private final Fidelity settled = new Fidelity();
  private final TreeMap<Long, WindowSummary> newest = new TreeMap<>();
  private long settledUntil = Long.MIN_VALUE;

  /** That of a scope's run. */
  static RunFidelity in(RunScope scope) {
    return scope.part(RunFidelity.class, RunFidelity::new);
  }

  synchronized void add(WindowSummary row) {
    if (row.startMicros() < settledUntil) {
      return;
    }
    newest.merge(row.startMicros(), row, (a, b) -> a.version().compareTo(b.version()) < 0 ? b : a);
    if (newest.size() > REPLACEABLE) {
      var oldest = newest.pollFirstEntry();
      settled.add(oldest.getValue());
      settledUntil = oldest.getValue().endMicros();
    }
  }

  /** The fidelity of the rows so far. */
  synchronized Fidelity total() {
    var total = new Fidelity(settled);
    newest.values().forEach(total::add);
    return total;
  }
}
