package coarsen.pipeline.reduce;

import coarsen.records.OffsetRange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.coders.DoubleCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;

/** Writes a {@link WindowState}; the sums as the integers that they are. */
final class WindowStateCoder extends CustomCoder<WindowState> {
  private static final long serialVersionUID = 1L;
  private static final VarIntCoder INTS = VarIntCoder.of();
  private static final VarLongCoder LONGS = VarLongCoder.of();
  private static final DoubleCoder DOUBLES = DoubleCoder.of();

  @Override
  public void encode(WindowState state, OutputStream out) throws IOException {
    Summary summary = state.summary();
    LONGS.encode(summary.count(), out);
    encode(summary.sum(), out);
    encode(summary.squares(), out);
    DOUBLES.encode(summary.min(), out);
    DOUBLES.encode(summary.max(), out);
    INTS.encode(state.offsets().size(), out);
    for (Map.Entry<Integer, OffsetRange> entry : state.offsets().entrySet()) {
      INTS.encode(entry.getKey(), out);
      LONGS.encode(entry.getValue().first(), out);
      LONGS.encode(entry.getValue().last(), out);
    }
    INTS.encode(state.replayFrom().size(), out);
    for (Map.Entry<Integer, Long> entry : state.replayFrom().entrySet()) {
      INTS.encode(entry.getKey(), out);
      LONGS.encode(entry.getValue(), out);
    }
  }

  @Override
  public WindowState decode(InputStream in) throws IOException {
    var summary =
        new Summary(LONGS.decode(in), sum(in), sum(in), DOUBLES.decode(in), DOUBLES.decode(in));
    var offsets = new TreeMap<Integer, OffsetRange>();
    for (int entries = INTS.decode(in); entries > 0; entries--) {
      offsets.put(INTS.decode(in), new OffsetRange(LONGS.decode(in), LONGS.decode(in)));
    }
    var replayFrom = new TreeMap<Integer, Long>();
    for (int entries = INTS.decode(in); entries > 0; entries--) {
      replayFrom.put(INTS.decode(in), LONGS.decode(in));
    }
    return new WindowState(summary, offsets, replayFrom);
  }

  private static void encode(ExactSum sum, OutputStream out) throws IOException {
    INTS.encode(sum.exponent() - ExactSum.LOWEST_EXPONENT, out);
    ByteArrayCoder.of().encode(sum.units().toByteArray(), out);
  }

  private static ExactSum sum(InputStream in) throws IOException {
    int exponent = INTS.decode(in) + ExactSum.LOWEST_EXPONENT;
    return ExactSum.of(new BigInteger(ByteArrayCoder.of().decode(in)), exponent);
  }
}
