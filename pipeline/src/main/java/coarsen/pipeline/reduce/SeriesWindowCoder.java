package coarsen.pipeline.reduce;

import coarsen.pipeline.batch.SeriesCoder;
import coarsen.records.Series;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;

/** Writes a {@link SeriesWindow}, its columns as they are in memory. */
final class SeriesWindowCoder extends CustomCoder<SeriesWindow> {
  private static final long serialVersionUID = 1L;
  private static final WindowStateCoder STATES = new WindowStateCoder();
  private static final SeriesCoder SERIES = new SeriesCoder();

  @Override
  public void encode(SeriesWindow window, OutputStream out) throws IOException {
    STATES.encode(window.all(), out);
    VarLongCoder.of().encode(window.written(), out);
    VarIntCoder.of().encode(window.panes(), out);
    SeriesTable table = window.series();
    VarIntCoder.of().encode(table.size(), out);
    for (int row = 0; row < table.size(); row++) {
      SERIES.encode(table.series(row), out);
    }
    ByteArrayCoder.of().encode(table.columns(), out);
  }

  @Override
  public SeriesWindow decode(InputStream in) throws IOException {
    WindowState all = STATES.decode(in);
    long written = VarLongCoder.of().decode(in);
    int panes = VarIntCoder.of().decode(in);
    var series = new Series[VarIntCoder.of().decode(in)];
    for (int row = 0; row < series.length; row++) {
      series[row] = SERIES.decode(in);
    }
    return new SeriesWindow(
        all, SeriesTable.of(series, ByteArrayCoder.of().decode(in)), written, panes);
  }
}
