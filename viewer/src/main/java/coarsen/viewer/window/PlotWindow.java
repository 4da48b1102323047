package coarsen.viewer.window;

import coarsen.command.CommandException;
import coarsen.viewer.model.Picture;
import coarsen.viewer.model.Selection;
import coarsen.viewer.model.StatusText;
import coarsen.viewer.model.ViewModel;
import coarsen.viewer.model.ViewSession;
import coarsen.viewer.model.VisibleSpan;
import coarsen.viewer.plot.Easing;
import coarsen.viewer.plot.PlotStyle;
import coarsen.viewer.plot.Plots;
import java.awt.AWTError;
import java.awt.BorderLayout;
import java.awt.GraphicsEnvironment;
import java.awt.HeadlessException;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import javax.swing.JFrame;
import javax.swing.SwingUtilities;
import javax.swing.Timer;
import javax.swing.WindowConstants;

/** A window with a live picture of a model. Runs on Swing's event thread. */
public final class PlotWindow {
  private static final int MILLIS_PER_FRAME = 125;
  private static final long NANOS_PER_STATUS = 500_000_000;

  private final ViewModel model;
  private final ViewSession session;
  private final PlotStyle style;
  private final Plots plots;
  private final Saver saver;
  private final Set<String> hidden = new HashSet<>();
  private final JFrame frame = new JFrame("Coarsen");
  private final Timer timer = new Timer(MILLIS_PER_FRAME, tick -> redrawIfNew());
  private final PlotCanvas canvas;
  private final StatusBar status;
  private final SeriesPicker picker;
  private long shownVersion = -1;
  private long shownAt;
  private Picture shown;

  private PlotWindow(
      ViewModel model,
      VisibleSpan extent,
      Selection selection,
      PlotStyle style,
      Path folder,
      Runnable onClosed) {
    this.model = model;
    this.style = style;
    session = new ViewSession(model, extent, selection);
    shown = session.picture();
    plots = new Plots(style, () -> new Easing(System::nanoTime));
    saver = new Saver(folder, InstantSource.system(), style);
    canvas =
        new PlotCanvas(
            plots,
            style,
            session::pause,
            range -> change(() -> session.zoom(range)),
            label -> change(() -> toggle(label)));
    status = new StatusBar(style.theme());
    picker =
        new SeriesPicker(
            model,
            style.theme(),
            selection,
            chosen -> change(() -> session.select(chosen)),
            canvas::requestFocusInWindow);
    KeyCommand.bind(frame.getRootPane(), command -> change(() -> run(command)));
    frame.setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
    frame.addWindowListener(
        new WindowAdapter() {
          @Override
          public void windowClosed(WindowEvent closed) {
            timer.stop();
            saver.close();
            onClosed.run();
          }
        });
    frame.add(canvas, BorderLayout.CENTER);
    frame.add(picker, BorderLayout.EAST);
    frame.add(status, BorderLayout.SOUTH);
    frame.getContentPane().setBackground(style.theme().background());
    frame.pack();
    frame.setLocationByPlatform(true);
    redraw();
    frame.setVisible(true);
    timer.start();
  }

  /**
   * Opens a window.
   *
   * @param extent how much to show at first
   * @param selection which series to show at first
   * @param folder where files are saved
   * @param onClosed called when the window has been closed
   * @return closes the window
   */
  public static Runnable show(
      ViewModel model,
      VisibleSpan extent,
      Selection selection,
      PlotStyle style,
      Path folder,
      Runnable onClosed) {
    var opened = new PlotWindow[1];
    try {
      SwingUtilities.invokeAndWait(
          () -> opened[0] = new PlotWindow(model, extent, selection, style, folder, onClosed));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (InvocationTargetException e) {
      throw CommandException.failed("can't open a window: " + e.getCause(), e);
    }
    return () -> SwingUtilities.invokeLater(() -> opened[0].frame.dispose());
  }

  /** Whether there is a display that can show a window. */
  public static boolean isPossible() {
    try {
      return !GraphicsEnvironment.isHeadless()
          && GraphicsEnvironment.getLocalGraphicsEnvironment().getScreenDevices().length > 0;
    } catch (HeadlessException | AWTError | LinkageError e) {
      return false; // DISPLAY does not answer, or this Java was installed without windows.
    }
  }

  /** The error of asking for a window without a display. */
  public static CommandException noDisplay() {
    return CommandException.usage(
        "there is no display for a window; --show=web serves a page, and --show=none"
            + " --snapshot=FILE.png writes a picture");
  }

  private void run(KeyCommand command) {
    switch (command) {
      case PAUSE -> {
        if (session.isPaused()) {
          session.follow();
        } else {
          session.pause();
        }
      }
      case FOLLOW -> session.follow();
      case WIDEN -> session.widen();
      case NARROW -> session.narrow();
      case GRID -> plots.setGrid(!plots.isGrid());
      case LIST -> picker.open();
      case SAVE_PNG -> save(".png");
      case SAVE_SVG -> save(".svg");
      case SAVE_CSV -> save(".csv");
      case HELP -> canvas.toggleHelp();
    }
  }

  private void save(String suffix) {
    status.showMessage("saving …");
    saver.save(
        suffix,
        shown,
        Set.copyOf(hidden),
        plots.isGrid(),
        canvas.getSize(),
        result -> SwingUtilities.invokeLater(() -> status.showMessage(result)));
  }

  private void toggle(String label) {
    if (!hidden.remove(label)) {
      hidden.add(label);
    }
  }

  /** Changes what is shown, with axes that fit at once. */
  private void change(Runnable action) {
    action.run();
    plots.forget();
    redraw();
  }

  private void redrawIfNew() {
    long version = model.version();
    // Rates, the lag and a shrinking axis change with time alone.
    if (version != shownVersion || System.nanoTime() - shownAt > NANOS_PER_STATUS) {
      redraw();
    }
  }

  private void redraw() {
    shownVersion = model.version();
    shownAt = System.nanoTime();
    shown = session.picture();
    plots.show(shown, hidden);
    canvas.refresh(badge());
    picker.show(shown.choice());
    status.show(StatusText.of(shown, style.zone()));
  }

  private String badge() {
    if (!shown.paused()) {
      return "";
    }
    return String.format(
        Locale.ROOT,
        "%s, %,d row%s waiting",
        session.isZoomed() ? "ZOOMED" : "PAUSED",
        shown.waiting(),
        shown.waiting() == 1 ? "" : "s");
  }
}
