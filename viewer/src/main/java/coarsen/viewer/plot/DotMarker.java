package coarsen.viewer.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.style.markers.Marker;

/** A dot: full, hollow, or invisible. It remembers where it was painted last. */
final class DotMarker extends Marker {
  private static final BasicStroke RING = new BasicStroke(1.8f);

  private enum Kind {
    FULL,
    HOLLOW,
    NONE
  }

  private final Kind kind;
  private final @Nullable Color inside;
  private double x = Double.NaN;
  private double y = Double.NaN;

  private DotMarker(Kind kind, @Nullable Color inside) {
    this.kind = kind;
    this.inside = inside;
  }

  static DotMarker full() {
    return new DotMarker(Kind.FULL, null);
  }

  static DotMarker hollow(Color inside) {
    return new DotMarker(Kind.HOLLOW, inside);
  }

  static DotMarker none() {
    return new DotMarker(Kind.NONE, null);
  }

  double x() {
    return x;
  }

  double y() {
    return y;
  }

  @Override
  public void paint(Graphics2D g, double xOffset, double yOffset, int markerSize) {
    x = xOffset;
    y = yOffset;
    double size = kind == Kind.HOLLOW ? markerSize + 2.0 : markerSize;
    var circle = new Ellipse2D.Double(xOffset - size / 2, yOffset - size / 2, size, size);
    if (kind == Kind.FULL) {
      g.fill(circle);
    } else if (kind == Kind.HOLLOW) {
      Color rim = g.getColor();
      g.setColor(inside);
      g.fill(circle);
      g.setColor(rim);
      g.setStroke(RING);
      g.draw(circle);
    }
  }
}
