package coarsen.viewer.plot;

import coarsen.viewer.model.Picture;
import coarsen.viewer.model.SeriesPicture;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Draws a picture as one plot, or as a grid of plots, one for each series: then all have the same
 * time axis, and each a value axis of its own, as series may be of different kinds. Needs no
 * display. Not thread-safe, as XChart is not; a window uses it on Swing's thread.
 */
public final class Plots {
  /** The default width, in pixels. */
  public static final int WIDTH = 1000;

  /** The default height, in pixels. */
  public static final int HEIGHT = 600;

  private static final int TITLE_HEIGHT = 44;
  private static final int TITLE_BASE = 29;
  private static final int ONE_COLUMN = 3;

  /** A plot, and the place where it was painted. */
  private record Cell(Plot plot, Easing easing, Rectangle place) {}

  private final PlotStyle style;
  private final Supplier<Easing> easing;
  private final Cell one;
  private final Map<String, Cell> bySeries = new HashMap<>();
  private List<Cell> drawn;
  private boolean isGrid;
  private String title = "";
  private @Nullable Picture shown;

  /** Empty, with axes that fit each picture. */
  public Plots(PlotStyle style) {
    this(style, Easing::none);
  }

  /**
   * Empty.
   *
   * @param easing for the value axis of each plot
   */
  public Plots(PlotStyle style, Supplier<Easing> easing) {
    this.style = style;
    this.easing = easing;
    isGrid = style.grid();
    one = cell(false);
    drawn = List.of(one);
  }

  private Cell cell(boolean isSmall) {
    return new Cell(new Plot(style, isSmall), easing.get(), new Rectangle());
  }

  /** Sets whether each series has a plot of its own, from the next picture on. */
  public void setGrid(boolean grid) {
    isGrid = grid;
  }

  /** Whether each series has a plot of its own. */
  public boolean isGrid() {
    return isGrid;
  }

  /** Lets the axes fit the next picture at once. */
  public void forget() {
    one.easing().forget();
    bySeries.values().forEach(cell -> cell.easing().forget());
  }

  /** Sets what {@link #paint} draws. */
  public void show(Picture picture) {
    show(picture, Set.of());
  }

  /**
   * Sets what {@link #paint} draws.
   *
   * @param hidden the legend's labels of lines that are not drawn
   */
  public void show(Picture picture, Set<String> hidden) {
    shown = Legend.visible(picture, hidden);
    if (!isGrid || picture.series().size() < 2) {
      bySeries.clear();
      drawn = List.of(one);
      one.plot().show(picture, hidden, one.easing());
      return;
    }
    title = Plot.title(picture, style.zone());
    bySeries.keySet().retainAll(picture.series().stream().map(SeriesPicture::name).toList());
    List<Cell> cells = new ArrayList<>();
    for (Picture each : picture.bySeries()) {
      String name = each.series().get(0).name();
      Cell cell = bySeries.computeIfAbsent(name, unused -> cell(true));
      cell.plot().show(each, hidden, cell.easing());
      cells.add(cell);
    }
    drawn = cells;
  }

  /** Draws the picture. */
  public void paint(Graphics2D graphics, int width, int height) {
    if (drawn.size() == 1) {
      one.place().setBounds(0, 0, width, height);
      one.plot().paint(graphics, width, height);
      return;
    }
    graphics.setColor(style.theme().background());
    graphics.fillRect(0, 0, width, height);
    int columns = drawn.size() <= ONE_COLUMN ? 1 : 2;
    int rows = (drawn.size() + columns - 1) / columns;
    for (int i = 0; i < drawn.size(); i++) {
      int left = i / rows * width / columns;
      int right = (i / rows + 1) * width / columns;
      int top = TITLE_HEIGHT + i % rows * (height - TITLE_HEIGHT) / rows;
      int bottom = TITLE_HEIGHT + (i % rows + 1) * (height - TITLE_HEIGHT) / rows;
      Cell cell = drawn.get(i);
      cell.place().setBounds(left, top, Math.max(1, right - left), Math.max(1, bottom - top));
      paint(graphics, cell);
    }
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(style.theme().ink());
    graphics.setFont(Styling.font(Font.BOLD, 18));
    int titleWidth = graphics.getFontMetrics().stringWidth(title);
    graphics.drawString(title, (width - titleWidth) / 2, TITLE_BASE);
  }

  private static void paint(Graphics2D graphics, Cell cell) {
    Rectangle place = cell.place();
    var inPlace = (Graphics2D) graphics.create(place.x, place.y, place.width, place.height);
    cell.plot().paint(inPlace, place.width, place.height);
    inPlace.dispose();
  }

  /** The legend's label painted at a place; null if there is none. */
  public @Nullable String legendAt(int x, int y) {
    return drawn.size() == 1 ? one.plot().legendAt(x, y) : null;
  }

  /** The event time at a horizontal place, in microseconds since 1970. */
  public long microsAt(int x, int y) {
    Cell cell = at(x, y);
    return cell.plot().microsAt(x - cell.place().x);
  }

  /** The points that are drawn near a place, at most two of each series. */
  public List<HoveredPoint> near(int x, int y) {
    Cell cell = at(x, y);
    Rectangle place = cell.place();
    return cell.plot().near(x - place.x, y - place.y).stream()
        .map(point -> new HoveredPoint(point.x() + place.x, point.y() + place.y, point.text()))
        .toList();
  }

  /**
   * The picture that is drawn, without hidden lines.
   *
   * @throws IllegalStateException before {@link #show}
   */
  public Picture shown() {
    if (shown == null) {
      throw new IllegalStateException("no picture was shown");
    }
    return shown;
  }

  /** The plot at a place; the first if there is none. */
  private Cell at(int x, int y) {
    return drawn.stream()
        .filter(cell -> cell.place().contains(x, y))
        .findFirst()
        .orElse(drawn.get(0));
  }
}
