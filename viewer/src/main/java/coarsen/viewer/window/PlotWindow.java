package coarsen.viewer.window;

import coarsen.command.CommandException;
import coarsen.viewer.model.Extent;
import coarsen.viewer.model.Picture;
import coarsen.viewer.model.ViewModel;
import coarsen.viewer.model.ViewSession;
import coarsen.viewer.plot.Look;
import coarsen.viewer.plot.Plot;
import java.awt.AWTError;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.HeadlessException;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.lang.reflect.InvocationTargetException;
import java.util.Locale;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.SwingUtilities;
import javax.swing.Timer;
import javax.swing.WindowConstants;

/** A window that draws what a model has, as it changes. All of it lives on Swing's event thread. */
public final class PlotWindow {
  private static final int MILLIS_PER_FRAME = 125;

  private final ViewModel model;
  private final ViewSession session;
  private final Plot plot;
  private final JFrame frame = new JFrame("Coarsen");
  private final Timer timer = new Timer(MILLIS_PER_FRAME, tick -> redraw());
  private final Canvas canvas;
  private long shown = -1;

  private PlotWindow(ViewModel model, Extent extent, Look look, Runnable whenClosed) {
    this.model = model;
    session = new ViewSession(model, extent);
    plot = new Plot(look);
    canvas = new Canvas(plot);
    frame.setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
    frame.addWindowListener(
        new WindowAdapter() {
          @Override
          public void windowClosed(WindowEvent closed) {
            timer.stop();
            whenClosed.run();
          }
        });
    frame.add(canvas);
    frame.pack();
    frame.setLocationByPlatform(true);
    redraw();
    frame.setVisible(true);
    timer.start();
  }

  /**
   * Shows a window.
   *
   * @return closes it
   */
  public static Runnable show(ViewModel model, Extent extent, Look look, Runnable whenClosed) {
    var opened = new PlotWindow[1];
    try {
      SwingUtilities.invokeAndWait(
          () -> opened[0] = new PlotWindow(model, extent, look, whenClosed));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (InvocationTargetException e) {
      throw CommandException.failed("can't open a window: " + e.getCause(), e);
    }
    return () -> SwingUtilities.invokeLater(() -> opened[0].frame.dispose());
  }

  /** Whether windows can be shown here. */
  public static boolean isPossible() {
    try {
      return !GraphicsEnvironment.isHeadless()
          && GraphicsEnvironment.getLocalGraphicsEnvironment().getScreenDevices().length > 0;
    } catch (HeadlessException | AWTError | LinkageError e) {
      return false; // DISPLAY names a display that does not answer, or Java came without windows.
    }
  }

  /** What to tell where there is no display. */
  public static CommandException noDisplay() {
    return CommandException.usage(
        "there is no display for a window; --show=web serves a page, and --show=none"
            + " --snapshot=FILE.png writes a picture");
  }

  private void redraw() {
    long version = model.version();
    if (version != shown) {
      shown = version;
      Picture picture = session.picture();
      plot.show(picture);
      frame.setTitle(
          String.format(
              Locale.ROOT,
              "Coarsen: %,d rows, %,d bad lines",
              picture.status().rows(),
              picture.status().badLines()));
      canvas.repaint();
    }
  }

  private static final class Canvas extends JComponent {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // Never written.
    private final Plot plot;

    Canvas(Plot plot) {
      this.plot = plot;
      setPreferredSize(new Dimension(Plot.WIDTH, Plot.HEIGHT));
    }

    /**
     * Draws into an image first: over X11, Java draws thousands of smooth lines many times slower
     * straight to the screen, and shows seams between the tiles in which it does so.
     */
    @Override
    protected void paintComponent(Graphics graphics) {
      AffineTransform toPixels = ((Graphics2D) graphics).getTransform();
      var image =
          new BufferedImage(
              (int) Math.ceil(getWidth() * toPixels.getScaleX()),
              (int) Math.ceil(getHeight() * toPixels.getScaleY()),
              BufferedImage.TYPE_INT_RGB);
      Graphics2D drawing = image.createGraphics();
      drawing.scale(toPixels.getScaleX(), toPixels.getScaleY());
      plot.paint(drawing, getWidth(), getHeight());
      drawing.dispose();
      graphics.drawImage(image, 0, 0, getWidth(), getHeight(), null);
    }
  }
}
