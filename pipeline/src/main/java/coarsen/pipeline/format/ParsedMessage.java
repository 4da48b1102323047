package coarsen.pipeline.format;

import coarsen.records.Reading;
import coarsen.records.RejectReason;
import coarsen.records.Series;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one message holds, in columns, in the order of the message: readings, and parts that should
 * be readings and are not. A parser has one and fills it again for the next message, so that a
 * reading costs no object. A message may also hold none, and no fault.
 */
public final class ParsedMessage {
  /** Indexes are less than this; messages with more are too large. */
  public static final int MAX_READINGS = Reading.MAX_INDEX + 1;

  /** Messages of more bytes are too large. */
  static final int MAX_BYTES = 1 << 20;

  private static final byte REPEATED = 1;
  private static final byte KAFKA_TIME = 2;

  private int size;
  private int[] indexes = new int[1];
  private long[] tsMicros = new long[1];
  private double[] values = new double[1];

  /** Null where readings have no series. */
  private @Nullable Series @Nullable [] series;

  private byte[] flags = new byte[1];
  private @Nullable RejectReason[] reasons = new RejectReason[1];
  private String[] details = new String[1];
  private int notNumbers;
  private int notChosen;

  /** How many readings and parts that are not readings there are. */
  public int size() {
    return size;
  }

  /** The place of {@code i} in the message, from 0; they rise. */
  public int index(int i) {
    return indexes[i];
  }

  /** Why {@code i} is not a reading; null if it is one. */
  public @Nullable RejectReason reason(int i) {
    return reasons[i];
  }

  /** What is wrong with {@code i}, for people; it never repeats what the message holds. */
  public String detail(int i) {
    return details[i];
  }

  /** Event time of reading {@code i}, microseconds since 1970, in years 1 to 9999. */
  public long tsMicros(int i) {
    return tsMicros[i];
  }

  /** Value of reading {@code i}, finite. */
  public double value(int i) {
    return values[i];
  }

  /** The series of reading {@code i}; null where readings have none. */
  public @Nullable Series series(int i) {
    return series == null ? null : series[i];
  }

  /**
   * Whether the event time of reading {@code i} was a local time that its zone has twice, in the
   * hour that a clock repeats in autumn, so that the earlier was taken.
   */
  public boolean isTimeRepeated(int i) {
    return (flags[i] & REPEATED) != 0;
  }

  /** Whether the event time of reading {@code i} is the message's Kafka timestamp. */
  public boolean isKafkaTime(int i) {
    return (flags[i] & KAFKA_TIME) != 0;
  }

  /** Fields that hold text or a boolean, which are neither readings nor faults. */
  public int notNumbers() {
    return notNumbers;
  }

  /** Fields that hold a number and were not chosen to be readings. */
  public int notChosen() {
    return notChosen;
  }

  /** Forgets the last message. */
  void clear() {
    size = 0;
    notNumbers = 0;
    notChosen = 0;
  }

  /** Forgets what was added last, so that this many are left. */
  void truncate(int left) {
    size = left;
  }

  /** Counts fields that are not readings. */
  void count(int withoutNumber, int withoutChoice) {
    notNumbers += withoutNumber;
    notChosen += withoutChoice;
  }

  /** Gives the readings from {@code first} on their time. */
  void setTime(int first, long ts, boolean isKafkaTime) {
    Arrays.fill(tsMicros, first, size, ts);
    Arrays.fill(flags, first, size, isKafkaTime ? KAFKA_TIME : 0);
  }

  /** Adds a reading. */
  void reading(int index, long ts, double value, boolean isTimeRepeated, boolean isKafkaTime) {
    int i = next(index);
    tsMicros[i] = ts;
    values[i] = value;
    flags[i] = (byte) ((isTimeRepeated ? REPEATED : 0) | (isKafkaTime ? KAFKA_TIME : 0));
    reasons[i] = null;
  }

  /** Gives reading {@code i} its series. */
  void series(int i, Series ofReading) {
    if (series == null || series.length < indexes.length) {
      series = series == null ? new Series[indexes.length] : Arrays.copyOf(series, indexes.length);
    }
    series[i] = ofReading;
  }

  /** Adds a part that is not a reading. */
  void rejected(int index, RejectReason reason, String detail) {
    int i = next(index);
    reasons[i] = reason;
    details[i] = detail;
  }

  /** The message as a whole is not a reading, whatever was found in it. */
  ParsedMessage rejected(RejectReason reason, String detail) {
    clear();
    rejected(0, reason, detail);
    return this;
  }

  /** The message is not read because it has so many bytes. */
  ParsedMessage tooLarge(int bytes) {
    return rejected(RejectReason.TOO_LARGE, bytes + " bytes; at most " + MAX_BYTES + " are read");
  }

  private int next(int index) {
    if (size == indexes.length) {
      int room = Math.min(MAX_READINGS, Math.max(16, size * 2));
      indexes = Arrays.copyOf(indexes, room);
      tsMicros = Arrays.copyOf(tsMicros, room);
      values = Arrays.copyOf(values, room);
      flags = Arrays.copyOf(flags, room);
      reasons = Arrays.copyOf(reasons, room);
      details = Arrays.copyOf(details, room);
    }
    indexes[size] = index;
    return size++;
  }
}
