package coarsen.pipeline.batch;

import coarsen.records.RejectReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Readings of one partition in offset order, in columns, and the messages between them that are no
 * readings. Immutable.
 */
public final class ReadingBatch {
  /**
   * A message that is no reading.
   *
   * @param payload the message's value as it came; null for a message without one
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared or hashed.
  public record Reject(
      long offset, RejectReason reason, String detail, byte @Nullable [] payload) {}

  private final int partition;
  private final long greatestBefore;
  private final int size;
  private final long[] tsMicros;
  private final double[] values;
  private final long[] offsets;
  private final BitSet late;
  private final List<Reject> rejects;

  private ReadingBatch(Builder builder) {
    partition = builder.partition;
    greatestBefore = builder.greatestBefore;
    size = builder.size;
    tsMicros = builder.tsMicros;
    values = builder.values;
    offsets = builder.offsets;
    late = builder.late;
    rejects = builder.rejects;
  }

  /** The Kafka partition. */
  public int partition() {
    return partition;
  }

  /**
   * The greatest event time, in microseconds, of all readings of the partition before this batch;
   * {@link Long#MIN_VALUE} where there were none. Where it is not known it is an upper bound.
   */
  public long greatestBefore() {
    return greatestBefore;
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

  /** Offset of reading {@code i}; they rise. */
  public long offset(int i) {
    return offsets[i];
  }

  /** Whether reading {@code i} came too late for its window. */
  public boolean late(int i) {
    return late.get(i);
  }

  /** How many readings came too late for their windows. */
  public int lateCount() {
    return late.cardinality();
  }

  /** The messages that are no readings, in offset order. */
  public List<Reject> rejects() {
    return Collections.unmodifiableList(rejects);
  }

  /** Collects a batch; used once. */
  public static final class Builder {
    private final int partition;
    private final long greatestBefore;
    private int size;
    private long[] tsMicros;
    private double[] values;
    private long[] offsets;
    private final BitSet late = new BitSet();
    private final List<Reject> rejects = new ArrayList<>();

    /** A batch of a partition, with room for so many readings. */
    public Builder(int partition, long greatestBefore, int capacity) {
      this.partition = partition;
      this.greatestBefore = greatestBefore;
      tsMicros = new long[capacity];
      values = new double[capacity];
      offsets = new long[capacity];
    }

    /** Adds a reading; offsets must rise. */
    public Builder add(long ts, double value, long offset, boolean isLate) {
      if (size == offsets.length) {
        int room = Math.max(16, size * 2);
        tsMicros = Arrays.copyOf(tsMicros, room);
        values = Arrays.copyOf(values, room);
        offsets = Arrays.copyOf(offsets, room);
      }
      tsMicros[size] = ts;
      values[size] = value;
      offsets[size] = offset;
      late.set(size, isLate);
      size++;
      return this;
    }

    /** Adds a message that is no reading. */
    public Builder reject(Reject reject) {
      rejects.add(reject);
      return this;
    }

    /** The batch. */
    public ReadingBatch build() {
      return new ReadingBatch(this);
    }
  }
}
