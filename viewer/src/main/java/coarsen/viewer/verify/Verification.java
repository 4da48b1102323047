package coarsen.viewer.verify;

import coarsen.records.Reading;
import coarsen.records.WindowSummary;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Recomputes every window from the raw rows, of all readings and by series, and compares it with
 * the newest reduced row. The rows of an output may be in any order, but the outputs must be passed
 * one after another: all of reduced, all of raw, all of rejected, the source, then in each {@link
 * #nextPass} all of reduced again where there are series, and all of raw again.
 *
 * <p>Memory: some 500 bytes for each window that has a row, 80 for each partition in it, 30 for
 * each further row, and its sums from its first reading to its last; some 260 bytes for each window
 * and partition, to know where readings begin; some 170 for each rejected row. For each reading two
 * bits, or one more for each run that read it again; they are freed in blocks of 4096 offsets that
 * are all present. A reading that has several rows takes 16 bytes, and so does every reading if the
 * messages' contents are compared. Where messages hold several readings, those after the first take
 * bits in blocks of 64 messages by 64 indexes, at most 20 bytes for each message and each of its
 * readings, and for their contents up to 24 bytes and some 200 for each message. The windows of
 * series take half of the heap at most, and more passes where that is too little.
 */
public final class Verification {
  private static final int PRINTED_DIFFERENCES = 10;
  private static final int SHARE_OF_HEAP = 2;

  /**
   * What the outputs must hold.
   *
   * @param complete whether the input has ended: then no window is open, and no message of the
   *     source is still unread
   * @param fromEarliest whether the first run started at the topic's first message; otherwise it
   *     started at the first message that is in an output, in each partition
   * @param topic the source, which rejected rows name; null if it is not read
   * @param content how to read its messages, to compare what they say; null to look at their
   *     offsets and timestamps only
   */
  public record Scope(
      boolean complete,
      boolean fromEarliest,
      @Nullable String topic,
      @Nullable MessageFormat content) {}

  private final Scope scope;
  private final Rules rules;
  private final long nowMillis;
  private final WindowChecks windows;
  private final SeriesChecks series;
  private final SeriesUse seriesUse = new SeriesUse();
  private final RawCheck raw;
  private final RejectedCheck rejected;
  private final RunNumbers runs = new RunNumbers();
  private final List<String> firstDifferences = new ArrayList<>();
  private long differences;
  private int passes;
  private @Nullable SourceCheck source;
  private @Nullable ContentCheck content;

  /** Before anything has been read. */
  public Verification(Scope scope, Rules rules, InstantSource now) {
    this(scope, rules, now, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
  }

  /**
   * Before anything has been read.
   *
   * @param memory that the windows of series may take, in bytes
   */
  Verification(Scope scope, Rules rules, InstantSource now, long memory) {
    this.scope = scope;
    this.rules = rules;
    nowMillis = now.millis();
    windows = new WindowChecks(scope.complete(), rules.windowMicros(), this::differs);
    series = new SeriesChecks(memory, windows, this::differs);
    raw = new RawCheck(windows, series, rules, scope.content() != null, this::differs);
    rejected = new RejectedCheck(raw.readings(), scope.topic(), this::differs);
  }

  /** Adds a reduced row for the first time. */
  public void reduced(byte[] json, int offset, int length) {
    WindowSummary row;
    try {
      row = WindowSummary.parse(json, offset, length);
    } catch (IllegalArgumentException e) {
      badLine("reduced", e);
      return;
    }
    runs.add(row.run());
    seriesUse.add(row);
    if (row.series() == null) {
      windows.addRow(row);
      series.count(row);
    } else if (windows.checkWindow(row)) {
      series.count(row);
    }
  }

  /** Adds a raw row for the first time. */
  public void rawFirst(byte[] json, int offset, int length) {
    Reading row;
    try {
      row = Reading.parse(json, offset, length);
    } catch (IllegalArgumentException e) {
      badLine("raw", e);
      return;
    }
    runs.add(row.run());
    seriesUse.add(row);
    raw.index(row);
  }

  /**
   * Begins to read reduced, if it {@link #hasSeries}, and raw once more.
   *
   * @return false if they have been read often enough
   */
  public boolean nextPass() {
    if (passes == 0) {
      seriesUse.check(this::differs);
    } else if (hasSeries()) {
      series.comparePart(runs.newest());
    }
    raw.beginAgain();
    return passes++ < Math.max(1, series.parts());
  }

  /** Whether the rows that were read have series. */
  public boolean usesSeries() {
    return seriesUse.any();
  }

  /** Whether reduced rows are of series, so that they are read again in each pass. */
  public boolean hasSeries() {
    return series.parts() > 0;
  }

  /** Adds a reduced row once more. */
  public void reducedAgain(byte[] json, int offset, int length) {
    try {
      series.addRow(WindowSummary.parse(json, offset, length));
    } catch (IllegalArgumentException e) {
      return; // Counted the first time.
    }
  }

  /** Adds a raw row once more. */
  public void rawAgain(byte[] json, int offset, int length) {
    Reading row;
    try {
      row = Reading.parse(json, offset, length);
    } catch (IllegalArgumentException e) {
      return; // Counted the first time.
    }
    if (passes == 1) {
      raw.assign(row);
    } else {
      raw.assignToSeries(row);
    }
  }

  /** Adds a rejected row. */
  public void rejected(byte[] json, int offset, int length) {
    try {
      runs.add(rejected.add(json, offset, length));
    } catch (IllegalArgumentException e) {
      badLine("rejected", e);
    }
  }

  /** Adds a message of the source topic, in the order of its partition. */
  public void source(SourceMessage message) {
    SourceCheck check = sourceCheck();
    boolean holdsNothing = content != null && content.holdsNothing(message);
    check.message(message.partition(), message.offset(), holdsNothing);
    if (message.hasPossibleTime(nowMillis)) {
      raw.clock().addKafkaTime(message.partition(), message.offset(), message.kafkaMicros());
    }
  }

  /**
   * Adds the bounds of the source topic's partitions, after all of its messages.
   *
   * @param beginnings by partition, the first offset that was not deleted
   * @param ends by partition; found after the outputs had been read
   */
  public void sourceBounds(Map<Integer, Long> beginnings, Map<Integer, Long> ends) {
    sourceCheck().end(beginnings, ends);
  }

  /** The result; call it once. */
  public Balance balance() {
    Balance.RawRows rawRows = raw.result();
    runs.check(this::differs);
    if (windows.isEmpty() && scope.complete() && rawRows.inOpenWindows() > 0) {
      differs("expected reduced rows, found none");
    }
    Balance.Windows compared =
        windows.compare(raw.clock(), runs.newest()).and(series.compareTotals(runs.newest()));
    return new Balance(
        source == null ? null : source.result(),
        rejected.count(),
        rawRows,
        compared,
        notes(),
        differences,
        firstDifferences);
  }

  /** What a reader of the ledger must know to trust it. */
  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    boolean otherWindows =
        rules.window() == null && windows.lengthMicros() != Rules.DEFAULT_WINDOW_MICROS;
    if (otherWindows && rules.areDefaults()) {
      notes.add(
          "windows are "
              + windows.lengthMicros() / 1_000
              + " ms long, so the run had options; whether readings are late is checked with the"
              + " defaults of --maxOutOfOrder and --allowedLateness");
    }
    if (source != null && source.lost() > 0 && scope.content() == null) {
      notes.add(
          "messages in neither output were not read; if the run had --format=influx, give it here"
              + " as well, for those that hold no reading need no row");
    }
    return notes;
  }

  private SourceCheck sourceCheck() {
    if (source == null) {
      runs.check(this::differs);
      source = new SourceCheck(raw.readings(), rejected.names(), runs, scope, this::differs);
      if (scope.content() != null) {
        content =
            new ContentCheck(
                scope.content(),
                raw,
                rejected,
                windows.lengthMicros(),
                rules.maxFutureSkewMicros(),
                nowMillis,
                this::differs);
      }
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
