package coarsen.viewer.verify;

import coarsen.records.MessageId;
import coarsen.records.Reading;
import coarsen.records.Rejected;
import coarsen.records.WindowSummary;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Recomputes every window from the raw rows and compares it with the newest reduced row. Rows come
 * in any order, but outputs one after another: all of reduced, all of raw, all of raw again, all of
 * rejected, then the source.
 *
 * <p>Memory: some 350 bytes for each window that has a row, and its sums from its first reading to
 * its last. For each reading two bits, or one more for each run that read it again, which fall away
 * wherever 4096 offsets are all there.
 */
public final class Verification {
  private final Scope scope;
  private final Differences differences = new Differences();
  private final WindowChecks windows;
  private final RawCheck raw;
  private final ReadingNames rejected = new ReadingNames();
  private long rejectedMessages;
  private @Nullable SourceCheck source;

  /** Before anything has been read. */
  public Verification(Scope scope) {
    this.scope = scope;
    windows = new WindowChecks(scope.complete(), differences);
    raw = new RawCheck(windows);
  }

  /** Takes a reduced row. */
  public void reduced(byte[] json, int offset, int length) {
    WindowSummary row;
    try {
      row = WindowSummary.parse(json, offset, length);
    } catch (IllegalArgumentException e) {
      bad("reduced", e);
      return;
    }
    windows.tell(row);
  }

  /** Takes a raw row for the first time. */
  public void rawFirst(byte[] json, int offset, int length) {
    try {
      raw.list(Reading.parse(json, offset, length));
    } catch (IllegalArgumentException e) {
      bad("raw", e);
    }
  }

  /** Takes a raw row for the second time. */
  public void rawAgain(byte[] json, int offset, int length) {
    Reading row;
    try {
      row = Reading.parse(json, offset, length);
    } catch (IllegalArgumentException e) {
      return; // Counted the first time.
    }
    raw.take(row);
  }

  /** Takes a rejected row. */
  public void rejected(byte[] json, int offset, int length) {
    Rejected row;
    try {
      row = Rejected.parse(json, offset, length);
    } catch (IllegalArgumentException e) {
      bad("rejected", e);
      return;
    }
    MessageId message = row.message();
    if (!rejected.add(message.partition(), message.offset(), 0)) {
      return;
    }
    rejectedMessages++;
    if (raw.readings().contains(message.partition(), message.offset())) {
      differences.add(
          "reading %d:%d: expected in raw or rejected, found in both"
              .formatted(message.partition(), message.offset()));
    }
  }

  /** Takes a message of the source topic; what it holds does not matter. */
  public void source(int partition, long offset) {
    sourceCheck().message(partition, offset);
  }

  /**
   * Takes the offsets at which the source topic's partitions end, after all of its messages.
   *
   * @param ends by partition; found after the outputs had been read
   */
  public void sourceEnds(Map<Integer, Long> ends) {
    sourceCheck().end(ends);
  }

  /** What all of that comes to; call it once. */
  public Balance balance() {
    if (windows.isEmpty() && scope.complete() && raw.inOpenWindows() > 0) {
      differences.add("expected reduced rows, found none");
    }
    WindowChecks.Compared compared = windows.compare();
    return new Balance(
        source == null
            ? null
            : new Balance.SourceTopic(
                source.messages(), source.beforeTheRun(), source.notReadYet()),
        raw.rows(),
        raw.repeats(),
        rejectedMessages,
        raw.inWindows(),
        raw.late(),
        raw.inOpenWindows(),
        compared.windows(),
        compared.greatestMeanDifference(),
        differences.count(),
        differences.first());
  }

  private SourceCheck sourceCheck() {
    if (source == null) {
      source = new SourceCheck(raw.readings(), rejected, scope, differences);
    }
    return source;
  }

  private void bad(String output, IllegalArgumentException cause) {
    differences.add(output + ": a line is " + cause.getMessage());
  }
}
