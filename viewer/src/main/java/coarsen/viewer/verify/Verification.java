package coarsen.viewer.verify;

import coarsen.records.MessageId;
import coarsen.records.Reading;
import coarsen.records.Rejected;
import coarsen.records.WindowSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Recomputes every window from the raw rows and compares it with the newest reduced row. The rows
 * of an output may be in any order, but the outputs must be passed one after another: all of
 * reduced, all of raw, all of raw again, all of rejected, then the source.
 *
 * <p>Memory: some 350 bytes for each window that has a row, and its sums from its first reading to
 * its last. For each reading two bits, or one more for each run that read it again; they are freed
 * in blocks of 4096 offsets that are all present.
 */
public final class Verification {
  private static final int PRINTED_DIFFERENCES = 10;

  /**
   * What the outputs must hold.
   *
   * @param complete whether the input has ended: then no window is open, and no message of the
   *     source is still unread
   * @param fromEarliest whether the first run started at the topic's first message; otherwise it
   *     started at the first message that is in an output, in each partition
   */
  public record Scope(boolean complete, boolean fromEarliest) {}

  private final Scope scope;
  private final WindowChecks windows;
  private final RawCheck raw;
  private final ReadingNames rejected = new ReadingNames();
  private final List<String> firstDifferences = new ArrayList<>();
  private long differences;
  private long rejectedMessages;
  private @Nullable SourceCheck source;

  /** Before anything has been read. */
  public Verification(Scope scope) {
    this.scope = scope;
    windows = new WindowChecks(scope.complete(), this::differs);
    raw = new RawCheck(windows);
  }

  /** Adds a reduced row. */
  public void reduced(byte[] json, int offset, int length) {
    WindowSummary row;
    try {
      row = WindowSummary.parse(json, offset, length);
    } catch (IllegalArgumentException e) {
      badLine("reduced", e);
      return;
    }
    windows.addRow(row);
  }

  /** Adds a raw row for the first time. */
  public void rawFirst(byte[] json, int offset, int length) {
    try {
      raw.index(Reading.parse(json, offset, length));
    } catch (IllegalArgumentException e) {
      badLine("raw", e);
    }
  }

  /** Adds a raw row for the second time. */
  public void rawAgain(byte[] json, int offset, int length) {
    Reading row;
    try {
      row = Reading.parse(json, offset, length);
    } catch (IllegalArgumentException e) {
      return; // Counted the first time.
    }
    raw.assign(row);
  }

  /** Adds a rejected row. */
  public void rejected(byte[] json, int offset, int length) {
    MessageId message;
    try {
      message = Rejected.parse(json, offset, length).message();
    } catch (IllegalArgumentException e) {
      badLine("rejected", e);
      return;
    }
    if (!rejected.add(message.partition(), message.offset(), 0)) {
      return;
    }
    rejectedMessages++;
    if (raw.readings().contains(message.partition(), message.offset())) {
      differs(
          "reading %d:%d: expected in raw or rejected, found in both"
              .formatted(message.partition(), message.offset()));
    }
  }

  /** Adds a message of the source topic; its content does not matter. */
  public void source(int partition, long offset) {
    sourceCheck().message(partition, offset);
  }

  /**
   * Adds the end offsets of the source topic's partitions, after all of its messages.
   *
   * @param ends by partition; found after the outputs had been read
   */
  public void sourceEnds(Map<Integer, Long> ends) {
    sourceCheck().end(ends);
  }

  /** The result; call it once. */
  public Balance balance() {
    Balance.RawRows rawRows = raw.result();
    if (windows.isEmpty() && scope.complete() && rawRows.inOpenWindows() > 0) {
      differs("expected reduced rows, found none");
    }
    Balance.Windows compared = windows.compare();
    return new Balance(
        source == null ? null : source.result(),
        rejectedMessages,
        rawRows,
        compared,
        differences,
        firstDifferences);
  }

  private SourceCheck sourceCheck() {
    if (source == null) {
      source = new SourceCheck(raw.readings(), rejected, scope, this::differs);
    }
    return source;
  }

  private void badLine(String output, IllegalArgumentException cause) {
    differs(output + ": a line is " + cause.getMessage());
  }

  private void differs(String line) {
    differences++;
    if (firstDifferences.size() < PRINTED_DIFFERENCES) {
      firstDifferences.add(line);
    }
  }
}
