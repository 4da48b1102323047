package coarsen.viewer.window;

import static java.nio.charset.StandardCharsets.UTF_8;

import coarsen.command.CommandException;
import coarsen.viewer.model.Picture;
import coarsen.viewer.model.PictureCsv;
import coarsen.viewer.model.Range;
import coarsen.viewer.model.StatusText;
import coarsen.viewer.model.ViewModel;
import coarsen.viewer.model.ViewSession;
import coarsen.viewer.model.VisibleSpan;
import coarsen.viewer.plot.Easing;
import coarsen.viewer.plot.PictureFile;
import coarsen.viewer.plot.Plot;
import coarsen.viewer.plot.PlotStyle;
import java.awt.AWTError;
import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.GraphicsEnvironment;
import java.awt.HeadlessException;
import java.awt.event.ActionEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.swing.AbstractAction;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.SwingUtilities;
import javax.swing.Timer;
import javax.swing.WindowConstants;

/** A window that draws what a model has, as it changes. All of it lives on Swing's event thread. */
public final class PlotWindow {
  private static final int MILLIS_PER_FRAME = 125;
  private static final long NANOS_PER_STATUS = 500_000_000;

  private final ViewModel model;
  private final ViewSession session;
  private final PlotStyle look;
  private final Plot plot;
  private final Saver saver;
  private final Easing easing = new Easing(System::nanoTime);
  private final Set<String> hidden = new HashSet<>();
  private final JFrame frame = new JFrame("Coarsen");
  private final Timer timer = new Timer(MILLIS_PER_FRAME, tick -> redrawIfNew());
  private final PlotCanvas canvas;
  private final StatusBar status;
  private final ExecutorService saving = Executors.newSingleThreadExecutor(PlotWindow::thread);
  private long shownVersion = -1;
  private long shownAt;
  private Picture shown;

  private PlotWindow(
      ViewModel model, VisibleSpan extent, PlotStyle look, Path folder, Runnable whenClosed) {
    this.model = model;
    this.look = look;
    session = new ViewSession(model, extent);
    shown = session.picture();
    plot = new Plot(look);
    saver = new Saver(folder, InstantSource.system(), look.zone());
    canvas = new PlotCanvas(plot, look, session::pause, this::zoom, this::toggle);
    status = new StatusBar(look.theme());
    for (KeyCommand command : KeyCommand.values()) {
      bind(command);
    }
    frame.setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
    frame.addWindowListener(
        new WindowAdapter() {
          @Override
          public void windowClosed(WindowEvent closed) {
            timer.stop();
            saving.shutdown();
            whenClosed.run();
          }
        });
    frame.add(canvas, BorderLayout.CENTER);
    frame.add(status, BorderLayout.SOUTH);
    frame.getContentPane().setBackground(look.theme().background());
    frame.pack();
    frame.setLocationByPlatform(true);
    redraw();
    frame.setVisible(true);
    timer.start();
  }

  /**
   * Shows a window.
   *
   * @param extent how much to show at first
   * @param folder where files are saved
   * @return closes it
   */
  public static Runnable show(
      ViewModel model, VisibleSpan extent, PlotStyle look, Path folder, Runnable whenClosed) {
    var opened = new PlotWindow[1];
    try {
      SwingUtilities.invokeAndWait(
          () -> opened[0] = new PlotWindow(model, extent, look, folder, whenClosed));
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

  private static Thread thread(Runnable work) {
    return new Thread(work, "viewer-saving"); // Not a daemon: what was begun is finished.
  }

  private void bind(KeyCommand command) {
    JComponent root = frame.getRootPane();
    command
        .strokes()
        .forEach(
            stroke ->
                root.getInputMap(JComponent.WHEN_IN_FOCUSED_WINDOW).put(stroke, command.name()));
    root.getActionMap()
        .put(
            command.name(),
            new AbstractAction() {
              private static final long serialVersionUID = 1L;

              @Override
              public void actionPerformed(ActionEvent event) {
                run(command);
              }
            });
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
      case SAVE_PNG -> save(".png");
      case SAVE_SVG -> save(".svg");
      case SAVE_CSV -> save(".csv");
      case HELP -> canvas.toggleHelp();
    }
    easing.forget();
    redraw();
  }

  /** Saves what is shown on a thread of its own: drawing and packing would hold the window up. */
  private void save(String suffix) {
    Picture picture = shown;
    Set<String> notDrawn = Set.copyOf(hidden);
    Dimension size = canvas.getSize();
    status.tell("saving …");
    saving.execute(
        () -> {
          String told = saver.save(suffix, file -> write(picture, notDrawn, size, file));
          SwingUtilities.invokeLater(() -> status.tell(told));
        });
  }

  private void write(Picture picture, Set<String> notDrawn, Dimension size, Path file) {
    var drawn = new Plot(look);
    drawn.show(picture, notDrawn, limits -> limits);
    if (file.toString().endsWith(".csv")) {
      PictureFile.replace(file, PictureCsv.of(drawn.shown()).getBytes(UTF_8));
    } else {
      PictureFile.write(drawn, size.width, size.height, file);
    }
  }

  private void zoom(Range range) {
    session.zoom(range);
    easing.forget();
    redraw();
  }

  private void toggle(String label) {
    if (!hidden.remove(label)) {
      hidden.add(label);
    }
    easing.forget();
    redraw();
  }

  private void redrawIfNew() {
    long version = model.version();
    // Rates, ages and a shrinking axis change by time alone.
    if (version != shownVersion || System.nanoTime() - shownAt > NANOS_PER_STATUS) {
      redraw();
    }
  }

  private void redraw() {
    shownVersion = model.version();
    shownAt = System.nanoTime();
    shown = session.picture();
    plot.show(shown, hidden, easing);
    canvas.refresh(badge());
    status.show(StatusText.of(shown, look.zone()));
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
