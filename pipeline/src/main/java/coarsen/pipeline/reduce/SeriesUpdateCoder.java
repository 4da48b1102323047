package coarsen.pipeline.reduce;

import coarsen.records.Pane;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.BooleanCoder;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;

/** Writes a {@link SeriesUpdate}. */
final class SeriesUpdateCoder extends CustomCoder<SeriesUpdate> {
  private static final long serialVersionUID = 1L;
  private static final NullableCoder<SeriesWindow> PARTS =
      NullableCoder.of(new SeriesWindowCoder());
  private static final NullableCoder<PaneMark> MARKS = NullableCoder.of(new Marks());

  @Override
  public void encode(SeriesUpdate update, OutputStream out) throws IOException {
    PARTS.encode(update.part(), out);
    MARKS.encode(update.mark(), out);
  }

  @Override
  public SeriesUpdate decode(InputStream in) throws IOException {
    return new SeriesUpdate(PARTS.decode(in), MARKS.decode(in));
  }

  /** Writes a {@link PaneMark}. */
  static final class Marks extends CustomCoder<PaneMark> {
    private static final long serialVersionUID = 1L;

    @Override
    public void encode(PaneMark mark, OutputStream out) throws IOException {
      StringUtf8Coder.of().encode(mark.pane().name(), out);
      VarIntCoder.of().encode(mark.run(), out);
      VarLongCoder.of().encode(mark.count(), out);
      BooleanCoder.of().encode(mark.isLast(), out);
    }

    @Override
    public PaneMark decode(InputStream in) throws IOException {
      return new PaneMark(
          Pane.valueOf(StringUtf8Coder.of().decode(in)),
          VarIntCoder.of().decode(in),
          VarLongCoder.of().decode(in),
          BooleanCoder.of().decode(in));
    }
  }
}
