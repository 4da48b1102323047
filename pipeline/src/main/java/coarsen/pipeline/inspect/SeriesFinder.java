package coarsen.pipeline.inspect;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds what could name the series: texts, tags, ids and keys that come again and again, and are
 * not all the same. What differs in every message would make a series of each.
 */
final class SeriesFinder {
  /** What a field is that could name the series. */
  static final String ROLE = "could name the series";

  private static final int MANY = 10;
  private static final int MOST = 1_000;

  private SeriesFinder() {}

  /** What to say of a field that could name the series; none for others. */
  static Optional<String> role(FieldTable table, FieldColumn column) {
    boolean isLabel =
        column.cells().stream().allMatch(cell -> isLabel(column, cell.kind()))
            && table.share(column) >= 0.5;
    return isLabel
        ? role(column.cells().stream().map(FieldColumn.Cell::text), column.count())
        : Optional.empty();
  }

  private static boolean isLabel(FieldColumn column, FieldKind kind) {
    return switch (kind) {
      case TEXT, TAG -> true;
      case NUMBER -> FieldWords.of(column.name()).isLabel();
      case BOOLEAN, NULL -> false;
    };
  }

  /** What to say of the keys if they could name the series. */
  static Optional<String> keyRole(List<byte[]> keys) {
    return role(keys.stream().map(ByteBuffer::wrap), keys.size());
  }

  private static Optional<String> role(Stream<?> values, int count) {
    long distinct = values.distinct().limit(MOST + 1).count();
    return count >= MANY && distinct > 1 && distinct <= Math.min(MOST, count / 2)
        ? Optional.of(Texts.count(distinct) + " values, " + ROLE)
        : Optional.empty();
  }
}
