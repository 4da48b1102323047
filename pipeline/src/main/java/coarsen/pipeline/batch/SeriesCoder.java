package coarsen.pipeline.batch;

import coarsen.records.Series;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;

/** Writes the labels of a {@link Series}. */
public final class SeriesCoder extends CustomCoder<Series> {
  private static final long serialVersionUID = 1L;
  private static final VarIntCoder INTS = VarIntCoder.of();
  private static final StringUtf8Coder TEXTS = StringUtf8Coder.of();

  @Override
  public void encode(Series series, OutputStream out) throws IOException {
    Map<String, String> labels = series.labels();
    INTS.encode(labels.size(), out);
    for (Map.Entry<String, String> label : labels.entrySet()) {
      TEXTS.encode(label.getKey(), out);
      TEXTS.encode(label.getValue(), out);
    }
  }

  @Override
  public Series decode(InputStream in) throws IOException {
    int count = INTS.decode(in);
    String[] names = new String[count];
    String[] values = new String[count];
    for (int i = 0; i < count; i++) {
      names[i] = TEXTS.decode(in);
      values[i] = TEXTS.decode(in);
    }
    return Series.of(names, values);
  }
}
