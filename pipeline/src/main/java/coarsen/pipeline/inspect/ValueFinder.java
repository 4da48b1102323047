package coarsen.pipeline.inspect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the fields that could be the value: those that hold numbers. First those whose name speaks
 * of a value, then the others in their order; ids, counters and constants last.
 */
final class ValueFinder {
  private static final int MANY = 10;

  /** How a field fits; compared in the order of its components. */
  private record Fit(boolean isLabel, boolean isRare, int rank, boolean isInText) {}

  private ValueFinder() {}

  /**
   * The fields that could be the value, the most likely first.
   *
   * @param times names of fields that hold times
   */
  static List<ValueField> find(FieldTable table, Set<String> times) {
    Map<String, Fit> fits = new HashMap<>();
    List<ValueField> found = new ArrayList<>();
    for (FieldColumn column : table.columns()) {
      long numbers = column.cells().stream().filter(FieldColumn.Cell::isNumber).count();
      long inText = column.cells().stream().filter(FieldColumn.Cell::isNumberInText).count();
      if (2 * (numbers + inText) <= column.count() || times.contains(column.name())) {
        continue;
      }
      FieldWords words = FieldWords.of(column.name());
      int rank = words.valueRank();
      boolean isNamed = rank < FieldWords.NO_VALUE;
      boolean isLabel =
          words.isTime()
              || (!isNamed && (words.isLabel() || isCounter(column) || column.isConstant(MANY)));
      fits.put(column.name(), new Fit(isLabel, table.share(column) < 0.5, rank, inText > numbers));
      found.add(
          new ValueField(
              column.name(),
              inText > 0 ? List.of(FormatChoice.NUMBERS_IN_STRINGS) : List.of(),
              !isLabel));
    }
    Comparator<Fit> order =
        Comparator.comparing(Fit::isLabel)
            .thenComparing(Fit::isRare)
            .thenComparing(Fit::rank)
            .thenComparing(Fit::isInText);
    found.sort(Comparator.comparing(field -> fits.get(field.name()), order));
    return found;
  }

  /** Whether it grows by the same with each message of a partition. */
  private static boolean isCounter(FieldColumn column) {
    if (column.count() < MANY) {
      return false;
    }
    Map<Integer, Double> last = new HashMap<>();
    Map<Integer, Double> steps = new HashMap<>();
    for (FieldColumn.Cell cell : column.cells()) {
      if (!cell.text().matches("\\d{1,15}")) {
        return false;
      }
      double number = Double.parseDouble(cell.text());
      Double before = last.put(cell.partition(), number);
      if (before != null) {
        double step = number - before;
        Double other = steps.putIfAbsent(cell.partition(), step);
        if (step <= 0 || (other != null && other != step)) {
          return false;
        }
      }
    }
    return !steps.isEmpty();
  }
}
