package coarsen.viewer;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Text in columns, each as wide as its widest cell, aligned to the right, two spaces apart. */
final class Table {
  private static final String GAP = "  ";

  private final List<List<String>> lines = new ArrayList<>();
  private final int[] widths;

  Table(List<String> columns) {
    widths = new int[columns.size()];
    add(columns);
  }

  void add(List<String> cells) {
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], cells.get(i).length());
    }
    lines.add(List.copyOf(cells));
  }

  void print(PrintWriter out) {
    for (List<String> cells : lines) {
      var line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String cell = cells.get(i);
        line.append(i == 0 ? "" : GAP).append(" ".repeat(widths[i] - cell.length())).append(cell);
      }
      out.println(line);
    }
    out.flush();
  }
}
