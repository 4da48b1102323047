package coarsen.viewer.window;

import coarsen.viewer.model.Range;
import coarsen.viewer.plot.Hit;
import coarsen.viewer.plot.Plot;
import coarsen.viewer.plot.PlotStyle;
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

/** Shows a plot, what lies over it, and what the mouse does. */
final class PlotCanvas extends JComponent {
  private static final long serialVersionUID = 1L;
  private static final int LEAST_DRAG = 6;

  @SuppressWarnings("serial") // Never written, like all of this.
  private final Plot plot;

  @SuppressWarnings("serial")
  private final PlotStyle look;

  @SuppressWarnings("serial")
  private final Runnable whenDragged;

  @SuppressWarnings("serial")
  private final Consumer<Range> whenZoomed;

  @SuppressWarnings("serial")
  private final Consumer<String> whenToggled;

  private transient @Nullable BufferedImage image;
  private transient @Nullable MouseEvent pointer;
  private transient @Nullable MouseEvent pressed;
  private String badge = "";
  private boolean help;

  /**
   * @param whenDragged called when a drag begins, for the picture to stand still under it
   * @param whenZoomed told what range of time was dragged over
   * @param whenToggled told what entry of the legend was clicked
   */
  PlotCanvas(
      Plot plot,
      PlotStyle look,
      Runnable whenDragged,
      Consumer<Range> whenZoomed,
      Consumer<String> whenToggled) {
    this.plot = plot;
    this.look = look;
    this.whenDragged = whenDragged;
    this.whenZoomed = whenZoomed;
    this.whenToggled = whenToggled;
    setName("plot");
    setPreferredSize(new Dimension(Plot.WIDTH, Plot.HEIGHT));
    var mouse = new Mouse();
    addMouseListener(mouse);
    addMouseMotionListener(mouse);
  }

  /** Draws the plot anew, and a badge unless it is empty. */
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
    var overlay = new Overlay(g, look.theme(), getWidth(), getHeight());
    MouseEvent at = pointer;
    if (pressed != null && at != null) {
      overlay.selection(pressed.getX(), at.getX());
    } else if (at != null) {
      List<Hit> hits = plot.near(at.getX(), at.getY());
      hits.forEach(hit -> overlay.ring(hit.x(), hit.y()));
      if (!hits.isEmpty()) {
        overlay.tip(hits.stream().map(Hit::text).toList(), at.getX(), at.getY());
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
   * The plot as an image: over X11, Java draws thousands of smooth lines many times slower straight
   * to the screen, and shows seams between the tiles in which it does so.
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
      plot.paint(drawing, getWidth(), getHeight());
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
      whenDragged.run();
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
      if (Math.abs(event.getX() - from.getX()) >= LEAST_DRAG) {
        long one = plot.microsAt(from.getX());
        long other = plot.microsAt(event.getX());
        whenZoomed.accept(new Range(Math.min(one, other), Math.max(one, other)));
      } else {
        String label = plot.legendAt(event.getX(), event.getY());
        if (label != null) {
          whenToggled.accept(label);
        }
      }
      repaint();
    }
  }
}
