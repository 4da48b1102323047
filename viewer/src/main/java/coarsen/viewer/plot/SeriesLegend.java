package coarsen.viewer.plot;

import coarsen.viewer.model.SeriesPicture;
import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The legend of several series, below their plot: in columns, each with its name and the newest
 * mean that is drawn. XChart's own legend has one line only.
 */
final class SeriesLegend {
  private static final Font FONT = Styling.font(Font.PLAIN, 13);
  private static final int MARGIN = 24;
  private static final int LINE = 34;
  private static final int GAP = 8;
  private static final int ROW = 22;
  private static final int MAX_COLUMNS = 4;

  private record Entry(String label, Rectangle place) {}

  /**
   * How the entries are arranged.
   *
   * @param rows of each column but the last, which may have fewer; 0 without entries
   */
  record Layout(List<SeriesPicture> series, int columns, int rows) {
    /** The height in pixels. */
    int height() {
      return rows == 0 ? 0 : rows * ROW + GAP;
    }
  }

  private final Theme theme;
  private final List<Entry> painted = new ArrayList<>();

  SeriesLegend(Theme theme) {
    this.theme = theme;
  }

  /** Arranges entries in so many columns as there is room for whole names, if possible. */
  static Layout layout(List<SeriesPicture> series, int width, Graphics2D g) {
    FontMetrics metrics = g.getFontMetrics(FONT);
    int widest = series.stream().mapToInt(each -> metrics.stringWidth(text(each))).max().orElse(0);
    int room = (width - 2 * MARGIN) / (LINE + 3 * GAP + widest);
    int most = Math.max(1, Math.min(MAX_COLUMNS, room));
    int rows = (series.size() + most - 1) / most;
    int columns = rows == 0 ? 0 : (series.size() + rows - 1) / rows;
    return new Layout(series, columns, rows);
  }

  /**
   * Paints the entries.
   *
   * @param top the upper edge, in pixels
   * @param hidden labels of lines that are not drawn, whose entries are grey
   */
  void paint(Graphics2D g, int width, int top, Layout layout, Set<String> hidden) {
    painted.clear();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    for (int i = 0; i < layout.series().size(); i++) {
      SeriesPicture each = layout.series().get(i);
      int column = (width - 2 * MARGIN) / layout.columns();
      int left = MARGIN + i / layout.rows() * column;
      var place = new Rectangle(left, top + i % layout.rows() * ROW, column, ROW);
      painted.add(new Entry(each.label(), place));
      paint(g, each, place, hidden.contains(each.label()));
    }
  }

  private void paint(Graphics2D g, SeriesPicture series, Rectangle place, boolean isHidden) {
    double middle = place.y + ROW / 2.0;
    g.setColor(isHidden ? theme.grid() : theme.mean(series.colour()));
    g.setStroke(Styling.DASHED);
    g.draw(new Line2D.Double(place.x, middle, place.x + LINE, middle));
    g.setStroke(new BasicStroke());
    g.fill(new Ellipse2D.Double(place.x + LINE / 2.0 - 3.5, middle - 3.5, 7, 7));
    g.setColor(isHidden ? theme.grid() : theme.ink());
    g.setFont(FONT);
    FontMetrics metrics = g.getFontMetrics();
    int room = place.width - LINE - 2 * GAP - metrics.stringWidth(value(series));
    String name = shortened(series.label(), room, metrics);
    g.drawString(name + value(series), place.x + LINE + GAP, (int) middle + 5);
  }

  /** The name of a series and the newest mean that is drawn. */
  static String text(SeriesPicture series) {
    return series.label() + value(series);
  }

  private static String value(SeriesPicture series) {
    double mean = series.lastMean();
    return Double.isNaN(mean) ? "" : "  " + Values.rounded(mean);
  }

  /** The beginning and the end of a name, which mostly tell it from others, in so many pixels. */
  static String shortened(String name, int room, FontMetrics metrics) {
    String shown = name;
    for (int kept = name.length() - 1; kept > 2 && metrics.stringWidth(shown) > room; kept--) {
      int head = kept / 3;
      shown = name.substring(0, head) + "…" + name.substring(name.length() - (kept - head));
    }
    return shown;
  }

  /** The label painted at a place; null if there is none. */
  @Nullable String at(int x, int y) {
    return painted.stream()
        .filter(entry -> entry.place().contains(x, y))
        .map(Entry::label)
        .findFirst()
        .orElse(null);
  }
}
