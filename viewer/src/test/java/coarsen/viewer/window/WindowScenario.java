package coarsen.viewer.window;

import static coarsen.viewer.Rows.device;
import static coarsen.viewer.Rows.feed;
import static coarsen.viewer.Rows.reading;
import static coarsen.viewer.Rows.window;

import coarsen.records.Pane;
import coarsen.records.Series;
import coarsen.records.WindowSummary;
import coarsen.viewer.Rows;
import coarsen.viewer.model.Selection;
import coarsen.viewer.model.ViewModel;
import coarsen.viewer.model.VisibleSpan;
import coarsen.viewer.plot.PlotStyle;
import coarsen.viewer.plot.Theme;
import java.awt.AWTException;
import java.awt.Color;
import java.awt.Component;
import java.awt.Container;
import java.awt.Frame;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JTextField;

/**
 * Uses the window like a user, on a real display with real keys and a real mouse, and checks what
 * is visible. A separate program, as it needs a JVM that is not headless. It prints each check that
 * holds, and fails at the first that does not.
 */
final class WindowScenario {
  private static final long TIMEOUT_NANOS = 20_000_000_000L;
  private static final int TOP = 45; // Below the title.
  private static final int BOTTOM = 500; // Above the time axis and the legend.

  private final Path folder;
  private final Robot robot;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ViewModel model;

  private WindowScenario(Path folder) throws AWTException {
    this.folder = folder;
    robot = new Robot();
    robot.setAutoDelay(20);
    model =
        Rows.model(
            IntStream.range(0, 200).mapToObj(i -> reading(i, i % 10)).toList(),
            IntStream.rangeClosed(1, 39).mapToObj(i -> window(5 * i, 5)).toList());
  }

  /** The argument is the folder to save to. */
  public static void main(String[] arguments) throws Exception {
    try {
      var scenario = new WindowScenario(Path.of(arguments[0]));
      scenario.light();
      scenario.dark();
      scenario.series();
      System.exit(0);
    } catch (AssertionError e) {
      e.printStackTrace(System.out);
      System.exit(1); // Swing's thread keeps the JVM alive.
    }
  }

  private void light() throws Exception {
    Runnable close =
        PlotWindow.show(
            model,
            new VisibleSpan.LastReadings(60),
            Selection.DEFAULT,
            PlotStyle.DEFAULT,
            folder,
            closed::countDown);
    robot.waitForIdle();
    seen("both lines are drawn", () -> blue() > 2_000 && red() > 300);
    seen("the mean is dashed", () -> dashes() > 10);
    feed(model.reduced(), early().toJson());
    seen("an open window is hollow", () -> hollow() > 0);

    press(KeyEvent.VK_SPACE);
    seen("space pauses, and a badge says so", () -> amber() > 1_000);
    long before = blue();
    IntStream.range(200, 230).forEach(i -> feed(model.raw(), reading(i, i % 3).toJson()));
    seen("waiting rows are counted", () -> badge().equals("PAUSED, 30 rows waiting"));
    check("the picture is held", blue() == before);
    press(KeyEvent.VK_ESCAPE);
    seen("Esc follows again", () -> amber() == 0 && blue() != before);

    check("60 originals are in the CSV", originalsOf(save(KeyEvent.VK_C, ".csv")) == 60);
    press(KeyEvent.VK_MINUS);
    check("minus halves what is shown", originalsOf(save(KeyEvent.VK_C, ".csv")) == 30);
    press(KeyEvent.VK_EQUALS);
    press(KeyEvent.VK_EQUALS);
    check("plus doubles it", originalsOf(save(KeyEvent.VK_C, ".csv")) == 120);
    BufferedImage png = ImageIO.read(save(KeyEvent.VK_S, ".png").toFile());
    check("s saves the picture", png.getWidth() == canvas().getWidth());
    check("v saves SVG", Files.readString(save(KeyEvent.VK_V, ".svg")).contains("<svg"));

    drag(300, 500);
    seen("a drag zooms in and pauses", () -> badge().startsWith("ZOOMED"));
    check("fewer originals are left", originalsOf(save(KeyEvent.VK_C, ".csv")) < 60);
    seen("the line reaches both edges", () -> blueNear(76) && blueNear(983));
    press(KeyEvent.VK_ESCAPE);
    seen("Esc leaves the zoom", () -> badge().isEmpty());

    BufferedImage plain = screen();
    move(canvas().getWidth() / 2, 275);
    seen("pointing shows values", () -> difference(plain, screen()) > 500);
    move(5, 5);
    help(plain);

    click(legend(true));
    seen("a click in the legend hides the originals", () -> blue() == 0 && red() > 300);
    click(legend(false));
    seen("another hides the means", () -> red() == 0);
    close.run();
    check("the window closes", closed.await(20, TimeUnit.SECONDS));
  }

  private void help(BufferedImage plain) throws Exception {
    robot.keyPress(KeyEvent.VK_SHIFT);
    press(KeyEvent.VK_SLASH);
    robot.keyRelease(KeyEvent.VK_SHIFT);
    seen("a question mark lists the keys", () -> difference(plain, screen()) > 5_000);
    robot.keyPress(KeyEvent.VK_SHIFT);
    press(KeyEvent.VK_SLASH);
    robot.keyRelease(KeyEvent.VK_SHIFT);
    seen("and hides them", () -> difference(plain, screen()) < 500);
  }

  private void dark() throws Exception {
    var style = new PlotStyle(true, 0.0, 20.0, false, ZoneId.of("Europe/Berlin"), Theme.DARK);
    Runnable close =
        PlotWindow.show(
            model,
            new VisibleSpan.LastTime(Duration.ofMinutes(1)),
            Selection.DEFAULT,
            style,
            folder,
            closed::countDown);
    robot.waitForIdle();
    seen("the dark theme is dark", () -> new Color(screen().getRGB(3, 3)).getRed() < 40);
    seen("the value axis keeps the limits of the user", () -> highestBlue() > 200);
    close.run();
  }

  /** Ten sensors with values around 0, 10, 20 and so on; the first two vary least. */
  private void series() throws Exception {
    var sensors = new ViewModel(() -> Instant.EPOCH, false);
    for (int second = 0; second <= 60; second++) {
      for (int sensor = 9; sensor >= 0; sensor--) {
        double value = 10 * sensor + second % 3;
        Series series = device("s" + sensor);
        feed(sensors.raw(), reading(series, second + sensor / 100.0, value).toJson());
        if (second % 5 == 0 && second > 0) {
          feed(sensors.reduced(), spreading(series, second, value, sensor).toJson());
        }
      }
    }
    var end = new CountDownLatch(1);
    Runnable close =
        PlotWindow.show(
            sensors,
            new VisibleSpan.LastTime(Duration.ofMinutes(1)),
            Selection.DEFAULT,
            PlotStyle.DEFAULT,
            folder,
            end::countDown);
    robot.waitForIdle();
    seen("eight series of the greatest spread are drawn", () -> hues(0, 1).size() == 8);
    check("and are in the CSV", seriesOf(save(KeyEvent.VK_C, ".csv")).equals(names(2, 9)));

    press(KeyEvent.VK_G);
    seen(
        "g gives each series a plot of its own",
        () -> hues(0, 0.5).equals(List.of(1, 2, 3, 4)) && hues(0.5, 1).equals(List.of(5, 6, 7, 8)));
    press(KeyEvent.VK_G);
    seen("and another g one plot to all", () -> hues(0, 0.5).size() == 8);

    press(KeyEvent.VK_L);
    seen("l opens the list", () -> picker().isVisible());
    type("s0");
    seen("which is searched", () -> list().getModel().getSize() == 1);
    press(KeyEvent.VK_ENTER);
    seen("a ninth series is refused", () -> message().contains("at most 8 series are shown"));
    type("s9");
    press(KeyEvent.VK_ENTER);
    type("s0");
    press(KeyEvent.VK_DOWN);
    press(KeyEvent.VK_SPACE);
    press(KeyEvent.VK_ESCAPE);
    seen("Esc closes the list", () -> !picker().isVisible());
    List<String> picked = new ArrayList<>(names(2, 8));
    picked.add(0, "device=s0");
    check("another one is shown", seriesOf(save(KeyEvent.VK_C, ".csv")).equals(picked));
    check("space in the list does not pause", badge().isEmpty());
    close.run();
    check("the window closes again", end.await(20, TimeUnit.SECONDS));
  }

  private static WindowSummary early() {
    WindowSummary row = window(200, 5);
    return new WindowSummary(
        row.window(), 3, row.values(), Pane.EARLY, row.version(), row.provenance());
  }

  private static WindowSummary spreading(Series series, double end, double avg, int spread) {
    WindowSummary row = window(series, end, avg);
    return new WindowSummary(
        row.window(),
        series,
        row.count(),
        Rows.values(avg, avg - spread, avg + spread, 1),
        row.pane(),
        row.version());
  }

  private static List<String> names(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(i -> "device=s" + i).toList();
  }

  /** The colours of series that are seen between two shares of the width. */
  private List<Integer> hues(double from, double to) {
    BufferedImage image = screen();
    var seen = new TreeSet<Integer>();
    for (int y = TOP; y < BOTTOM; y++) {
      for (int x = (int) (from * image.getWidth()); x < (int) (to * image.getWidth()); x++) {
        for (int colour = 1; colour <= Selection.MOST; colour++) {
          if (image.getRGB(x, y) == Theme.LIGHT.mean(colour).getRGB()) {
            seen.add(colour);
          }
        }
      }
    }
    return List.copyOf(seen);
  }

  private static List<String> seriesOf(Path csv) throws IOException {
    return Files.readAllLines(csv).stream()
        .filter(line -> line.startsWith("mean"))
        .map(line -> line.split(",", -1)[1])
        .distinct()
        .toList();
  }

  private static Container picker() {
    return (Container) named(canvas().getParent(), "picker");
  }

  private static JList<?> list() {
    return (JList<?>) named(picker(), "series");
  }

  private static String message() {
    return ((JLabel) named(picker(), "message")).getText();
  }

  /** Replaces the text of the search. */
  private void type(String text) {
    ((JTextField) named(picker(), "search")).requestFocusInWindow();
    robot.waitForIdle();
    robot.keyPress(KeyEvent.VK_CONTROL);
    press(KeyEvent.VK_A);
    robot.keyRelease(KeyEvent.VK_CONTROL);
    text.chars().map(KeyEvent::getExtendedKeyCodeForChar).forEach(this::press);
  }

  private void press(int key) {
    robot.keyPress(key);
    robot.keyRelease(key);
    robot.waitForIdle();
  }

  private void move(int x, int y) {
    Point at = canvas().getLocationOnScreen();
    robot.mouseMove(at.x + x, at.y + y);
    robot.waitForIdle();
  }

  private void click(Point at) {
    move(at.x, at.y);
    robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
    robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
    move(5, 5);
  }

  private void drag(int from, int to) {
    move(from, 300);
    robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
    move((from + to) / 2, 300);
    move(to, 300);
    robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
    move(5, 5);
  }

  /** Presses a key that saves a file, and waits for that file. */
  private Path save(int key, String suffix) {
    List<Path> before = saved(suffix);
    press(key);
    await(() -> saved(suffix).size() > before.size(), "a new file " + suffix);
    return saved(suffix).stream().filter(file -> !before.contains(file)).findFirst().orElseThrow();
  }

  private List<Path> saved(String suffix) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(suffix))
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long originalsOf(Path csv) throws IOException {
    return Files.readAllLines(csv).stream().filter(line -> line.startsWith("original")).count();
  }

  private BufferedImage screen() {
    Component canvas = canvas();
    return robot.createScreenCapture(
        new Rectangle(
            canvas.getLocationOnScreen().x,
            canvas.getLocationOnScreen().y,
            canvas.getWidth(),
            canvas.getHeight()));
  }

  private static PlotCanvas canvas() {
    for (Frame frame : Frame.getFrames()) {
      if (frame.isVisible()) {
        return (PlotCanvas) named(frame, "plot");
      }
    }
    throw new IllegalStateException("no window");
  }

  private static String badge() {
    return canvas().badge();
  }

  private static Component named(Container parent, String name) {
    for (Component child : parent.getComponents()) {
      if (name.equals(child.getName())) {
        return child;
      }
      if (child instanceof Container container && named(container, name) != null) {
        return named(container, name);
      }
    }
    return null;
  }

  private interface Colour {
    boolean is(int red, int green, int blue);
  }

  private static boolean isBlue(int red, int green, int blue) {
    return blue > red + 100;
  }

  private static boolean isRed(int red, int green, int blue) {
    return red > blue + 100 && green < 110;
  }

  private static boolean isReddish(int red, int green, int blue) {
    return red > blue + 50;
  }

  private long blue() {
    return count(WindowScenario::isBlue);
  }

  private long red() {
    return count(WindowScenario::isRed);
  }

  private long amber() {
    BufferedImage image = screen();
    return IntStream.range(0, TOP)
        .mapToLong(
            y ->
                IntStream.range(0, image.getWidth())
                    .filter(x -> image.getRGB(x, y) == 0xFFFFC107)
                    .count())
        .sum();
  }

  private long count(Colour colour) {
    BufferedImage image = screen();
    long count = 0;
    for (int y = TOP; y < BOTTOM; y++) {
      for (int x = 72; x < image.getWidth(); x++) {
        count += is(image, x, y, colour) ? 1 : 0;
      }
    }
    return count;
  }

  private static boolean is(BufferedImage image, int x, int y, Colour colour) {
    var color = new Color(image.getRGB(x, y));
    return colour.is(color.getRed(), color.getGreen(), color.getBlue());
  }

  private boolean blueNear(int x) {
    BufferedImage image = screen();
    return IntStream.range(TOP, BOTTOM).anyMatch(y -> is(image, x, y, WindowScenario::isBlue));
  }

  private int highestBlue() {
    BufferedImage image = screen();
    return IntStream.range(TOP, BOTTOM)
        .filter(
            y ->
                IntStream.range(72, image.getWidth())
                    .anyMatch(x -> is(image, x, y, WindowScenario::isBlue)))
        .findFirst()
        .orElse(0);
  }

  /** The number of dashes on the row of pixels with the most. */
  private int dashes() {
    BufferedImage image = screen();
    int most = 0;
    for (int y = TOP; y < BOTTOM; y++) {
      int starts = 0;
      for (int x = 73; x < image.getWidth(); x++) {
        boolean here = is(image, x, y, WindowScenario::isRed);
        starts += here && !is(image, x - 1, y, WindowScenario::isRed) ? 1 : 0;
      }
      most = Math.max(most, starts);
    }
    return most;
  }

  /** The number of white pixels with red on all four sides, four pixels away. */
  private int hollow() {
    BufferedImage image = screen();
    int count = 0;
    for (int y = TOP + 4; y < BOTTOM - 4; y++) {
      for (int x = 76; x < image.getWidth() - 4; x++) {
        boolean rim =
            is(image, x - 4, y, WindowScenario::isReddish)
                && is(image, x + 4, y, WindowScenario::isReddish)
                && is(image, x, y - 4, WindowScenario::isReddish)
                && is(image, x, y + 4, WindowScenario::isReddish);
        count += rim && image.getRGB(x, y) == 0xFFFFFFFF ? 1 : 0;
      }
    }
    return count;
  }

  /** The place of a legend entry: below the axes, in the colour of its line. */
  private Point legend(boolean blue) {
    BufferedImage image = screen();
    for (int y = image.getHeight() - 60; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        if (is(image, x, y, blue ? WindowScenario::isBlue : WindowScenario::isRed)) {
          return new Point(x + 5, y);
        }
      }
    }
    throw new AssertionError("no such colour in the legend");
  }

  private static long difference(BufferedImage one, BufferedImage other) {
    long count = 0;
    for (int y = 0; y < one.getHeight(); y++) {
      for (int x = 0; x < one.getWidth(); x++) {
        count += one.getRGB(x, y) == other.getRGB(x, y) ? 0 : 1;
      }
    }
    return count;
  }

  private void seen(String what, BooleanSupplier condition) {
    await(condition, what);
    System.out.println("seen: " + what);
  }

  private static void check(String what, boolean holds) {
    if (!holds) {
      throw new AssertionError("does not hold: " + what);
    }
    System.out.println("seen: " + what);
  }

  private void await(BooleanSupplier condition, String what) {
    long end = System.nanoTime() + TIMEOUT_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        try {
          ImageIO.write(screen(), "png", folder.resolve("failed.png").toFile());
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        throw new AssertionError("not seen: " + what);
      }
      robot.delay(50);
    }
  }
}
