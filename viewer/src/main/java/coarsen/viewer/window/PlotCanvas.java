package coarsen.viewer.window;

import coarsen.viewer.model.Range;
import coarsen.viewer.plot.HoveredPoint;
import coarsen.viewer.plot.PlotStyle;
import coarsen.viewer.plot.Plots;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.Consumer;
import javax.swing.JComponent;
import org.jspecify.annotations.Nullable;

/** Shows a plot and its overlay, and handles the mouse. */
final class PlotCanvas extends JComponent {
  private static final long serialVersionUID = 1L;
  private static final int MIN_DRAG = 6;

  @SuppressWarnings("serial") // Never serialized, like all of this component.
  private final Plots plots;

  @SuppressWarnings("serial")
  private final PlotStyle style;

  @SuppressWarnings("serial")
  private final Runnable onDrag;

  @SuppressWarnings("serial")
  private final Consumer<Range> onZoom;

  @SuppressWarnings("serial")
  private final Consumer<String> onToggle;

  private transient @Nullable BufferedImage image;
  private transient @Nullable MouseEvent pointer;
  private transient @Nullable MouseEvent pressed;
  private String badge = "";
  private boolean help;

  /**
   * @param onDrag called while the mouse is dragged, to hold the picture
   * @param onZoom gets the time range that was dragged over
   * @param onToggle gets the legend's label that was clicked
   */
  PlotCanvas(
      Plots plots,
      PlotStyle style,
      Runnable onDrag,
      Consumer<Range> onZoom,
      Consumer<String> onToggle) {
    this.plots = plots;
    this.style = style;
    this.onDrag = onDrag;
    this.onZoom = onZoom;
    this.onToggle = onToggle;
    setName("plot");
    setPreferredSize(new Dimension(Plots.WIDTH, Plots.HEIGHT));
    var mouse = new Mouse();
    addMouseListener(mouse);
    addMouseMotionListener(mouse);
  }

  /** Redraws the plot, with a badge unless its text is empty. */
  void refresh(String newBadge) {
    badge = newBadge;
    image = null;
    repaint();
  }

  void toggleHelp() {
    help = !help;
    repaint();
  }

  String badge() {
    return badge;
  }

  @Override
  protected void paintComponent(Graphics graphics) {
    graphics.drawImage(rendered((Graphics2D) graphics), 0, 0, getWidth(), getHeight(), null);
    var g = (Graphics2D) graphics.create();
    var overlay = new Overlay(g, style.theme(), getWidth(), getHeight());
    MouseEvent at = pointer;
    if (pressed != null && at != null) {
      overlay.selection(pressed.getX(), at.getX());
    } else if (at != null) {
      List<HoveredPoint> points = plots.near(at.getX(), at.getY());
      points.forEach(point -> overlay.ring(point.x(), point.y()));
      if (!points.isEmpty()) {
        overlay.tooltip(points.stream().map(HoveredPoint::text).toList(), at.getX(), at.getY());
      }
    }
    if (!badge.isEmpty()) {
      overlay.badge(badge);
    }
    if (help) {
      overlay.help(KeyCommand.help());
    }
    g.dispose();
  }

  /**
   * The plot as an image. Drawing thousands of smooth lines directly to an X11 screen is many times
   * slower, and shows seams between Java's tiles.
   */
  private BufferedImage rendered(Graphics2D screen) {
    AffineTransform toPixels = screen.getDeviceConfiguration().getDefaultTransform();
    int width = (int) Math.ceil(getWidth() * toPixels.getScaleX());
    int height = (int) Math.ceil(getHeight() * toPixels.getScaleY());
    BufferedImage drawn = image;
    if (drawn == null || drawn.getWidth() != width || drawn.getHeight() != height) {
      drawn = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      Graphics2D drawing = drawn.createGraphics();
      drawing.scale(toPixels.getScaleX(), toPixels.getScaleY());
      plots.paint(drawing, getWidth(), getHeight());
      drawing.dispose();
      image = drawn;
    }
    return drawn;
  }

  private final class Mouse extends MouseAdapter {
    @Override
    public void mouseMoved(MouseEvent event) {
      pointer = event;
      repaint();
    }

    @Override
    public void mouseDragged(MouseEvent event) {
      onDrag.run();
      mouseMoved(event);
    }

    @Override
    public void mouseExited(MouseEvent event) {
      pointer = null;
      repaint();
    }

    @Override
    public void mousePressed(MouseEvent event) {
      pressed = event;
    }

    @Override
    public void mouseReleased(MouseEvent event) {
      MouseEvent from = pressed;
      pressed = null;
      if (from == null) {
        return;
      }
      if (Math.abs(event.getX() - from.getX()) >= MIN_DRAG) {
        long one = plots.microsAt(from.getX(), from.getY());
        long other = plots.microsAt(event.getX(), from.getY());
        onZoom.accept(new Range(Math.min(one, other), Math.max(one, other)));
      } else {
        String label = plots.legendAt(event.getX(), event.getY());
        if (label != null) {
          onToggle.accept(label);
        }
      }
      repaint();
    }
  }
}
