package coarsen.viewer.verify;

import coarsen.records.EventTime;
import coarsen.records.Reading;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How far the clock of a partition had come at each reading, at least and at most. A reading is
 * late when its window's last millisecond + allowedLateness is before the clock as it stood just
 * before the reading, so only multiples of the window's length matter, and memory holds one
 * position for each. The readings of one message follow one another by their index.
 *
 * <p>The clock is at least m − maxOutOfOrder, where m is the greatest event time of the run's
 * earlier readings and each counts at most its message's Kafka timestamp. Without that timestamp it
 * counts its event time − maxFutureSkew, for more would have been rejected. While a partition is
 * idle the clock runs ahead: to the end of the newest window, or after the other partitions. Rows
 * do not tell when, so every window that an earlier reading of the partition, or any reading of
 * another, falls into may have ended by then.
 */
final class ClockBounds {
  private static final long MILLISECOND = 1_000;

  /** What one run read of one partition. */
  private static final class OfRun {
    /** Steps are windows, counted from 1970. */
    private final FirstPositions windows = new FirstPositions();

    /** Steps are the newest windows whose readings are late from here on, for certain. */
    private final FirstPositions late = new FirstPositions();

    /** The same if each reading counts its event time. */
    private final FirstPositions lateUncapped = new FirstPositions();

    private NavigableMap<ReadingPosition, Long> uncappedByPosition = new TreeMap<>();

    /** No reading from the last message on raises the clock before this offset. */
    private long nextRaised;

    void takeKafkaTime(long offset, long step) {
      var raised = uncappedByPosition.ceilingEntry(new ReadingPosition(offset, 0));
      while (raised != null && raised.getKey().offset() == offset) {
        late.add(Math.min(raised.getValue(), step), offset, raised.getKey().index());
        raised = uncappedByPosition.higherEntry(raised.getKey());
      }
      nextRaised = raised == null ? Long.MAX_VALUE : raised.getKey().offset();
    }
  }

  private final long length;
  private final long maxOutOfOrder;
  private final long allowedLateness;
  private final long maxFutureSkew;
  private final Map<Integer, TreeMap<Integer, OfRun>> byPartition = new HashMap<>();
  private boolean indexed;

  ClockBounds(long lengthMicros, Rules rules) {
    length = lengthMicros;
    maxOutOfOrder = rules.maxOutOfOrderMicros();
    allowedLateness = rules.allowedLatenessMicros();
    maxFutureSkew = rules.maxFutureSkewMicros();
  }

  /** Adds a raw row; all rows come before the first question. */
  void add(Reading row) {
    OfRun run =
        byPartition
            .computeIfAbsent(row.partition(), key -> new TreeMap<>())
            .computeIfAbsent(row.run(), key -> new OfRun());
    run.windows.add(window(row.tsMicros()), row.offset(), row.index());
    run.late.add(lastLateWindow(row.tsMicros() - maxFutureSkew), row.offset(), row.index());
    run.lateUncapped.add(lastLateWindow(row.tsMicros()), row.offset(), row.index());
  }

  /**
   * Adds the Kafka timestamp of a message, in the order of its partition, which makes the lower
   * bound exact where its readings raised the clock.
   *
   * @param kafkaMicros that can be true: after 1970 and not in the future
   */
  void addKafkaTime(int partition, long offset, long kafkaMicros) {
    if (!indexed) {
      indexed = true;
      byPartition.values().stream()
          .flatMap(runs -> runs.values().stream())
          .forEach(run -> run.uncappedByPosition = run.lateUncapped.stepByPosition());
    }
    TreeMap<Integer, OfRun> runs = byPartition.get(partition);
    if (runs != null) {
      for (OfRun run : runs.values()) {
        if (offset >= run.nextRaised) {
          run.takeKafkaTime(offset, lastLateWindow(kafkaMicros));
        }
      }
    }
  }

  /** Whether a reading was late for certain. */
  boolean isLate(Reading row) {
    return run(row.partition(), row.run())
        .late
        .from(window(row.tsMicros()))
        .isBefore(row.offset(), row.index());
  }

  /** Whether a reading can have been late. */
  boolean canBeLate(Reading row) {
    long last = EventTime.windowStart(row.tsMicros(), length) + length - MILLISECOND;
    return canHavePassed(
        row.partition(), row.offset(), row.index(), Math.floorDiv(last + allowedLateness, length));
  }

  /**
   * Whether the clock can have passed a window's end before a reading that is not in the window's
   * past. Which of its message's readings it is does not matter: any but the last may be before it.
   */
  boolean canHaveEnded(int partition, long offset, long windowStart) {
    return canHavePassed(partition, offset, Reading.MAX_INDEX, window(windowStart) + 1);
  }

  /**
   * The offset of the first reading of a run at an event time or later; {@code Long.MAX_VALUE} if
   * there is none.
   */
  long first(int partition, int run, long windowStart) {
    return run(partition, run).windows.from(window(windowStart)).offset();
  }

  private boolean canHavePassed(int partition, long offset, int index, long window) {
    for (var entry : byPartition.entrySet()) {
      boolean isOther = entry.getKey() != partition;
      for (OfRun run : entry.getValue().values()) {
        ReadingPosition reached = run.windows.from(window);
        if (isOther ? !reached.equals(ReadingPosition.NONE) : reached.isBefore(offset, index)) {
          return true;
        }
      }
    }
    return false;
  }

  private OfRun run(int partition, int run) {
    OfRun found = byPartition.getOrDefault(partition, new TreeMap<>()).get(run);
    return found == null ? new OfRun() : found;
  }

  private long window(long tsMicros) {
    return Math.floorDiv(tsMicros, length);
  }

  /**
   * The newest window whose readings are late once the greatest event time is m: the greatest k
   * with (k + 1) · length − 1 ms + allowedLateness < m − maxOutOfOrder.
   */
  private long lastLateWindow(long m) {
    return Math.floorDiv(m - maxOutOfOrder - allowedLateness + MILLISECOND - 1, length) - 1;
  }
}
