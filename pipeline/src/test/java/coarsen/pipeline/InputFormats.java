package coarsen.pipeline;

import coarsen.pipeline.format.InputFormat;
import java.util.List;

/** Makes formats of options, for tests of other packages. */
public final class InputFormats {
  private InputFormats() {}

  /** The format that options of {@code run} mean. */
  public static InputFormat of(List<String> options) {
    return FormatOptions.formatOf(options);
  }
}
