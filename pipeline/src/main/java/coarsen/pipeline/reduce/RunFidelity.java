package coarsen.pipeline.reduce;

import coarsen.records.Fidelity;
import coarsen.records.WindowSummary;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The fidelity of the rows that one run wrote in this JVM. A row replaces the one before of its
 * window while the window is among the last 10,000; older windows count as they were last told.
 */
final class RunFidelity {
  private static final Map<String, RunFidelity> BY_RUN = new ConcurrentHashMap<>();
  private static final int REPLACEABLE = 10_000;

  private final Fidelity settled = new Fidelity();
  private final TreeMap<Long, WindowSummary> newest = new TreeMap<>();
  private long settledUntil = Long.MIN_VALUE;

  static RunFidelity of(String runId) {
    return BY_RUN.computeIfAbsent(runId, id -> new RunFidelity());
  }

  /** Ends a run: what its rows came to. */
  static Fidelity take(String runId) {
    RunFidelity run = BY_RUN.remove(runId);
    return run == null ? new Fidelity() : run.total();
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

  private synchronized Fidelity total() {
    newest.values().forEach(settled::add);
    newest.clear();
    return settled;
  }
}
