package coarsen.viewer.verify;

import coarsen.records.EventTime;
import coarsen.records.Reading;
import coarsen.records.Series;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Event time, value and series of readings, by partition, offset and index; some 16 bytes for each,
 * or 20 and the names where they have series. Those with index 0 are kept in blocks of offsets, the
 * others message by message.
 */
final class ReadingContents {
  private static final int BLOCK_BITS = 8;
  private static final int BLOCK = 1 << BLOCK_BITS;

  private static final class Block {
    private long[] tsMicros;
    private double[] values;
    private final BitSet present;

    /** Null while no reading has a series; may be shorter than the others. */
    private @Nullable Series @Nullable [] series;

    Block(int size) {
      tsMicros = new long[size];
      values = new double[size];
      present = new BitSet(size);
    }

    void put(int at, long ts, double value, @Nullable Series of) {
      if (at >= tsMicros.length) {
        int size = Math.max(at + 1, tsMicros.length * 3 / 2);
        tsMicros = Arrays.copyOf(tsMicros, size);
        values = Arrays.copyOf(values, size);
      }
      tsMicros[at] = ts;
      values[at] = value;
      present.set(at);
      putSeries(at, of);
    }

    private void putSeries(int at, @Nullable Series of) {
      if (series == null && of != null) {
        series = new Series[values.length];
      }
      if (series != null) {
        if (at >= series.length) {
          series = Arrays.copyOf(series, values.length);
        }
        series[at] = of;
      }
    }

    @Nullable Series series(int at) {
      return series == null || at >= series.length ? null : series[at];
    }
  }

  private final boolean fromMessages;

  /** Index 0, by partition and offset / 256. */
  private final Map<Integer, Map<Long, Block>> alone = new HashMap<>();

  /** Greater indexes, by partition and offset. */
  private final Map<Integer, Map<Long, Block>> further = new HashMap<>();

  /**
   * @param fromMessages whether readings are added as the messages say, so that a row must have
   *     their series; a row of another run may be from before its rows had series
   */
  ReadingContents(boolean fromMessages) {
    this.fromMessages = fromMessages;
  }

  /**
   * Adds a reading in place of the one that is there.
   *
   * @param series null if it is not to be compared
   */
  void add(
      int partition, long offset, int index, long tsMicros, double value, @Nullable Series series) {
    (index == 0 ? alone : further)
        .computeIfAbsent(partition, key -> new HashMap<>())
        .computeIfAbsent(key(offset, index), key -> new Block(index == 0 ? BLOCK : index))
        .put(at(offset, index), tsMicros, value, series);
  }

  /** How a row differs from the reading of its name; null if it does not, or there is none. */
  @Nullable String difference(Reading row) {
    Map<Long, Block> blocks = (row.index() == 0 ? alone : further).get(row.partition());
    Block block = blocks == null ? null : blocks.get(key(row.offset(), row.index()));
    int at = at(row.offset(), row.index());
    if (block == null || !block.present.get(at)) {
      return null;
    }
    Series series = block.series(at);
    boolean sameSeries =
        series == null
            || Objects.equals(series, row.series())
            || (row.series() == null && !fromMessages);
    if (block.tsMicros[at] == row.tsMicros() && block.values[at] == row.value() && sameSeries) {
      return null;
    }
    return "reading %s: expected %s%s, found %s%s"
        .formatted(
            ReadingNames.text(row.partition(), row.offset(), row.index()),
            text(block.tsMicros[at], block.values[at]),
            sameSeries ? "" : " of " + series,
            text(row.tsMicros(), row.value()),
            sameSeries ? "" : " of " + (row.series() == null ? "no series" : row.series()));
  }

  private static String text(long tsMicros, double value) {
    return EventTime.format(tsMicros) + " " + value;
  }

  private static long key(long offset, int index) {
    return index == 0 ? offset >> BLOCK_BITS : offset;
  }

  private static int at(long offset, int index) {
    return index == 0 ? (int) offset & BLOCK - 1 : index - 1;
  }
}
