package coarsen.pipeline.reduce;

import coarsen.records.JsonBytes;
import coarsen.records.WindowSummary;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.CustomCoder;

/** Writes a row as the JSON of the contract, which loses nothing. */
final class WindowSummaryCoder extends CustomCoder<WindowSummary> {
  private static final long serialVersionUID = 1L;

  @Override
  public void encode(WindowSummary row, OutputStream out) throws IOException {
    var json = new JsonBytes(512);
    row.write(json);
    ByteArrayCoder.of().encode(json.toBytes(), out);
  }

  @Override
  public WindowSummary decode(InputStream in) throws IOException {
    byte[] json = ByteArrayCoder.of().decode(in);
    return WindowSummary.parse(json, 0, json.length);
  }
}
