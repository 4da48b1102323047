package coarsen.viewer.plot;

/**
 * Cuts a curve into dashes. XChart draws each segment separately and restarts its dashes there, so
 * that a line of short segments would look solid.
 */
final class Dashes {
  private static final double DASH = 8;
  private static final double GAP = 5;

  private final Viewport viewport;
  private final Curve dashes = new Curve();
  private double remaining;
  private boolean on;

  /**
   * The visible part of a curve; only this is cut, for a line may extend far beyond it.
   *
   * @param fromX left end, in steps of the time axis
   * @param toX right end
   * @param toY upper end, in steps of the value axis; the lower end is 0
   * @param pixelsX pixels per step of the time axis
   * @param pixelsY pixels per step of the value axis
   */
  record Viewport(double fromX, double toX, double toY, double pixelsX, double pixelsY) {}

  private Dashes(Viewport viewport) {
    this.viewport = viewport;
    restart();
  }

  static Curve of(Curve curve, Viewport viewport) {
    var cut = new Dashes(viewport);
    for (int i = 1; i < curve.size(); i++) {
      if (Double.isNaN(curve.x(i)) || Double.isNaN(curve.x(i - 1))) {
        cut.restart();
      } else {
        cut.segment(curve.x(i - 1), curve.y(i - 1), curve.x(i), curve.y(i));
      }
    }
    cut.dashes.breakLine();
    return cut.dashes;
  }

  private void restart() {
    dashes.breakLine();
    on = true;
    remaining = DASH;
  }

  private void segment(double x0, double y0, double x1, double y1) {
    double[] visible = {0, 1};
    clip(visible, x0, x1, viewport.fromX(), viewport.toX());
    clip(visible, y0, y1, -1, viewport.toY() + 1);
    if (visible[0] >= visible[1]) {
      restart();
      return;
    }
    double dx = x1 - x0;
    double dy = y1 - y0;
    double pixels = Math.hypot(dx * viewport.pixelsX(), dy * viewport.pixelsY());
    double at = visible[0] * pixels;
    double end = visible[1] * pixels;
    if (on) {
      dashes.add(x0 + dx * visible[0], y0 + dy * visible[0]);
    }
    while (end - at > remaining) {
      at += remaining;
      dashes.add(x0 + dx * at / pixels, y0 + dy * at / pixels);
      if (on) {
        dashes.breakLine();
      }
      on = !on;
      remaining = on ? DASH : GAP;
    }
    remaining -= end - at;
    if (on) {
      dashes.add(x0 + dx * visible[1], y0 + dy * visible[1]);
    }
  }

  /** Narrows the visible share of the way from a to b to what lies between low and high. */
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
