package coarsen.pipeline.batch;

import coarsen.records.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Readings of one partition in offset order, in columns, and the messages between them that are not
 * readings. Immutable. What later steps ask of a batch as a whole is found while it is built, so
 * that they need not scan it again.
 */
public final class ReadingBatch {
  private final int partition;
  private final long maxEventTimeBefore;
  private final long seenMaxBefore;
  private final int size;
  private final long[] tsMicros;
  private final double[] values;
  private final @Nullable SeriesColumn series;
  private final long[] offsets;
  private final int @Nullable [] indexes;
  private final BitSet late;
  private final int lateCount;
  private final long earliestInTime;
  private final SortedMap<Integer, Long> outOfOrder;
  private final long maxOutOfOrder;
  private final int repeatedTimes;
  private final List<RejectedMessage> rejects;

  private ReadingBatch(Builder builder) {
    partition = builder.partition;
    maxEventTimeBefore = builder.maxEventTimeBefore;
    seenMaxBefore = builder.seenMaxBefore;
    size = builder.size;
    tsMicros = builder.tsMicros;
    values = builder.values;
    series = builder.series;
    offsets = builder.offsets;
    indexes = builder.indexes;
    late = builder.late;
    lateCount = builder.lateCount;
    earliestInTime = builder.earliestInTime;
    outOfOrder = Collections.unmodifiableSortedMap(builder.outOfOrder);
    maxOutOfOrder = builder.maxOutOfOrder;
    repeatedTimes = builder.repeatedTimes;
    rejects = Collections.unmodifiableList(builder.rejects);
  }

  /** The Kafka partition. */
  public int partition() {
    return partition;
  }

  /**
   * The greatest event time, in microseconds, of all readings of the partition before this batch;
   * {@link Long#MIN_VALUE} where there were none. Where it is not known it is an upper bound.
   */
  public long maxEventTimeBefore() {
    return maxEventTimeBefore;
  }

  /**
   * The greatest event time, in microseconds, that is known of the readings before this batch, from
   * which disorder is counted; {@link Long#MIN_VALUE} where none is.
   */
  public long seenMaxBefore() {
    return seenMaxBefore;
  }

  /** Readings in the batch, late ones included. */
  public int size() {
    return size;
  }

  /** Event time of reading {@code i}, microseconds since 1970. */
  public long tsMicros(int i) {
    return tsMicros[i];
  }

  /** Value of reading {@code i}, finite. */
  public double value(int i) {
    return values[i];
  }

  /** The series of all readings; null where readings have none. */
  public @Nullable SeriesColumn series() {
    return series;
  }

  /** Offset of reading {@code i}; they rise, and are equal for readings of one message. */
  public long offset(int i) {
    return offsets[i];
  }

  /** Place of reading {@code i} in its message, from 0. */
  public int index(int i) {
    return indexes == null ? 0 : indexes[i];
  }

  /** Whether a message has more than one reading. */
  boolean hasIndexes() {
    return indexes != null;
  }

  /** Whether reading {@code i} came too late for its window. */
  public boolean late(int i) {
    return late.get(i);
  }

  /** How many readings came too late for their windows. */
  public int lateCount() {
    return lateCount;
  }

  /**
   * The earliest event time of the readings that are not late, microseconds since 1970; {@link
   * Long#MAX_VALUE} if all are.
   */
  public long earliestInTime() {
    return earliestInTime;
  }

  /**
   * How many readings that are not late came behind the greatest event time of their partition, by
   * the step of {@link DisorderSteps} that says how far.
   */
  public SortedMap<Integer, Long> outOfOrder() {
    return outOfOrder;
  }

  /** How far behind the farthest of them came, in microseconds; 0 if all are in order. */
  public long maxOutOfOrder() {
    return maxOutOfOrder;
  }

  /** How many readings have a local time that their zone has twice; the earlier was taken. */
  public int repeatedTimes() {
    return repeatedTimes;
  }

  /** The messages that are not readings, in offset order. */
  public List<RejectedMessage> rejects() {
    return rejects;
  }

  /** Collects a batch; used once. */
  public static final class Builder {
    private final int partition;
    private final long maxEventTimeBefore;
    private long seenMaxBefore;
    private int size;
    private long[] tsMicros;
    private double[] values;
    private long[] offsets;

    /** Null while all are 0: most messages are one reading. */
    private int @Nullable [] indexes;

    private @Nullable SeriesColumn series;
    private final BitSet late = new BitSet();
    private int lateCount;
    private long maxEventTime;
    private long earliestInTime = Long.MAX_VALUE;
    private final SortedMap<Integer, Long> outOfOrder = new TreeMap<>();
    private long maxOutOfOrder;
    private int repeatedTimes;
    private final List<RejectedMessage> rejects = new ArrayList<>();

    /** A batch of a partition, with room for so many readings. */
    public Builder(int partition, long maxEventTimeBefore, int capacity) {
      this.partition = partition;
      this.maxEventTimeBefore = maxEventTimeBefore;
      seenMaxBefore = maxEventTimeBefore;
      maxEventTime = maxEventTimeBefore;
      tsMicros = new long[capacity];
      values = new double[capacity];
      offsets = new long[capacity];
    }

    /**
     * Counts disorder from the greatest event time that is known, where the one given is only an
     * upper bound; called before the first reading is added.
     */
    public Builder seenMaxBefore(long eventTime) {
      seenMaxBefore = eventTime;
      maxEventTime = eventTime;
      return this;
    }

    /** Adds a reading that is alone in its message; offsets must rise. */
    public Builder add(long ts, double value, long offset, boolean isLate) {
      return add(ts, value, offset, 0, isLate);
    }

    /** Adds a reading; offsets must rise, and indexes within an offset. */
    public Builder add(long ts, double value, long offset, int index, boolean isLate) {
      if (size == offsets.length) {
        int room = Math.max(16, size * 2);
        tsMicros = Arrays.copyOf(tsMicros, room);
        values = Arrays.copyOf(values, room);
        offsets = Arrays.copyOf(offsets, room);
        indexes = indexes == null ? null : Arrays.copyOf(indexes, room);
      }
      if (index > 0 && indexes == null) {
        indexes = new int[offsets.length];
      }
      if (indexes != null) {
        indexes[size] = index;
      }
      tsMicros[size] = ts;
      values[size] = value;
      offsets[size] = offset;
      if (isLate) {
        late.set(size);
        lateCount++;
      } else {
        earliestInTime = Math.min(earliestInTime, ts);
      }
      if (ts >= maxEventTime) {
        maxEventTime = ts;
      } else if (!isLate) {
        countOutOfOrder(maxEventTime - ts);
      }
      size++;
      return this;
    }

    /** Says of which series the reading is that was added last; each has one, or none has. */
    public Builder series(Series ofReading) {
      if (series == null) {
        series = new SeriesColumn(offsets.length);
      }
      series.add(ofReading);
      return this;
    }

    private void countOutOfOrder(long distance) {
      outOfOrder.merge(DisorderSteps.of(distance), 1L, Long::sum);
      maxOutOfOrder = Math.max(maxOutOfOrder, distance);
    }

    /** Counts readings whose local time their zone has twice. */
    public Builder addRepeatedTimes(int readings) {
      repeatedTimes += readings;
      return this;
    }

    /** Adds a message that is not a reading. */
    public Builder reject(RejectedMessage message) {
      rejects.add(message);
      return this;
    }

    /** The batch. */
    public ReadingBatch build() {
      return new ReadingBatch(this);
    }
  }
}
