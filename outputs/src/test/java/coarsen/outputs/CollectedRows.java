package coarsen.outputs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/** Collects rows as text. */
final class CollectedRows implements RowHandler {
  private final List<String> rows = new ArrayList<>();

  @Override
  public void row(byte[] bytes, int offset, int length) {
    rows.add(new String(bytes, offset, length, UTF_8));
  }

  /** The rows that came since the last call. */
  List<String> take() {
    List<String> taken = List.copyOf(rows);
    rows.clear();
    return taken;
  }
}
