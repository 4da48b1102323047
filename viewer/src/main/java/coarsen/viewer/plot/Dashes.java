package coarsen.viewer.plot;

/**
 * Cuts a curve into dashes. XChart draws each part of a line by itself and begins its dashes anew,
 * so that a line of short parts would look solid.
 */
final class Dashes {
  private static final double DASH = 8;
  private static final double GAP = 5;

  private final Frame frame;
  private final Curve dashes = new Curve();
  private double left;
  private boolean on;

  /**
   * What is seen of a curve; only that is cut, for a line may go on far beyond.
   *
   * @param fromX left end, in steps of the time axis
   * @param toX right end
   * @param toY upper end, in steps of the value axis; the lower one is 0
   * @param pixelsX pixels to a step of the time axis
   * @param pixelsY pixels to a step of the value axis
   */
  record Frame(double fromX, double toX, double toY, double pixelsX, double pixelsY) {}

  private Dashes(Frame frame) {
    this.frame = frame;
    restart();
  }

  static Curve of(Curve curve, Frame frame) {
    var cut = new Dashes(frame);
    for (int i = 1; i < curve.size(); i++) {
      if (Double.isNaN(curve.x(i)) || Double.isNaN(curve.x(i - 1))) {
        cut.restart();
      } else {
        cut.part(curve.x(i - 1), curve.y(i - 1), curve.x(i), curve.y(i));
      }
    }
    cut.dashes.lift();
    return cut.dashes;
  }

  private void restart() {
    dashes.lift();
    on = true;
    left = DASH;
  }

  private void part(double x0, double y0, double x1, double y1) {
    double[] seen = {0, 1};
    clip(seen, x0, x1, frame.fromX(), frame.toX());
    clip(seen, y0, y1, -1, frame.toY() + 1);
    if (seen[0] >= seen[1]) {
      restart();
      return;
    }
    double dx = x1 - x0;
    double dy = y1 - y0;
    double whole = Math.hypot(dx * frame.pixelsX(), dy * frame.pixelsY());
    double at = seen[0] * whole;
    double end = seen[1] * whole;
    if (on) {
      dashes.add(x0 + dx * seen[0], y0 + dy * seen[0]);
    }
    while (end - at > left) {
      at += left;
      dashes.add(x0 + dx * at / whole, y0 + dy * at / whole);
      if (on) {
        dashes.lift();
      }
      on = !on;
      left = on ? DASH : GAP;
    }
    left -= end - at;
    if (on) {
      dashes.add(x0 + dx * seen[1], y0 + dy * seen[1]);
    }
  }

  /** Narrows the share of a way from a to b that lies between two ends. */
  private static void clip(double[] share, double a, double b, double low, double high) {
    if (a == b) {
      share[1] = a < low || a > high ? -1 : share[1];
      return;
    }
    double atLow = (low - a) / (b - a);
    double atHigh = (high - a) / (b - a);
    share[0] = Math.max(share[0], Math.min(atLow, atHigh));
    share[1] = Math.min(share[1], Math.max(atLow, atHigh));
  }
}
