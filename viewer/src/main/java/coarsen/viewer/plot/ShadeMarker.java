package coarsen.viewer.plot;

import coarsen.viewer.model.Density;
import coarsen.viewer.model.ValueRows;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.style.markers.Marker;

/**
 * Paints the shades of a density. XChart has no such series, but it paints a marker at each point
 * of one: here the lower left end of the axes, which is remembered, and then the upper right end.
 */
final class ShadeMarker extends Marker {
  private static final int MIN_WIDTH = 1;
  private static final int MIN_HEIGHT = 2;

  /** Cells with nothing around them are at least so wide and high, or they would be overlooked. */
  private static final int LONE = 4;

  private static final int MARGIN = 8;

  private record Shown(Shading shading, TimeAxis times, ValueAxis values) {}

  private final IndexColorModel colors;
  private @Nullable Shown shown;
  private double left = Double.NaN;
  private double bottom = Double.NaN;

  /**
   * @param shades the colours, from the lightest to the darkest
   */
  ShadeMarker(List<Color> shades) {
    var argb = new int[shades.size() + 1]; // The first, of empty cells, is transparent.
    for (int i = 1; i < argb.length; i++) {
      argb[i] = shades.get(i - 1).getRGB();
    }
    colors = new IndexColorModel(8, argb.length, argb, 0, true, 0, DataBuffer.TYPE_BYTE);
  }

  /**
   * Sets what is painted; null for nothing.
   *
   * @return the points at which it must be painted
   */
  Curve show(@Nullable Shading shading, TimeAxis times, ValueAxis values) {
    var corners = new Curve();
    if (shading == null) {
      shown = null;
    } else {
      shown = new Shown(shading, times, values);
      corners.add(times.start(), 0);
      corners.add(times.end(), values.steps());
    }
    corners.breakLine();
    return corners;
  }

  @Override
  public void paint(Graphics2D g, double x, double y, int markerSize) {
    if (Double.isNaN(left)) {
      left = x;
      bottom = y;
      return;
    }
    int width = (int) Math.ceil(x - left);
    int height = (int) Math.ceil(bottom - y);
    if (shown != null && width > 0 && height > 0) {
      g.drawImage(image(shown, width, height), (int) left - MARGIN, (int) y - MARGIN, null);
    }
    left = Double.NaN;
  }

  /**
   * The shades on axes of a size, with a margin, as cells may begin at the end of an axis. Where
   * several cells share a pixel, it has the darkest shade, so that nothing vanishes.
   */
  private BufferedImage image(Shown drawn, int width, int height) {
    var image =
        new BufferedImage(
            width + 2 * MARGIN, height + 2 * MARGIN, BufferedImage.TYPE_BYTE_INDEXED, colors);
    Shading shading = drawn.shading();
    int[] xs = xs(shading.density(), drawn.times(), width);
    int[] ys = ys(shading.rows(), drawn.values(), height);
    WritableRaster pixels = image.getRaster();
    for (int column = 0; column < xs.length - 1; column++) {
      for (int row = 0; row < ys.length - 1; row++) {
        int shade = shading.shade(column, row);
        if (shade > 0) {
          boolean isLone = shading.isLone(column, row);
          int wide = Math.max(isLone ? LONE : MIN_WIDTH, xs[column + 1] - xs[column]);
          int high = Math.max(isLone ? LONE : MIN_HEIGHT, ys[row] - ys[row + 1]);
          fill(pixels, new Rectangle(xs[column], ys[row + 1], wide, high), shade);
        }
      }
    }
    return image;
  }

  private static void fill(WritableRaster pixels, Rectangle cell, int shade) {
    Rectangle visible = cell.intersection(pixels.getBounds());
    for (int y = visible.y; y < visible.y + visible.height; y++) {
      for (int x = visible.x; x < visible.x + visible.width; x++) {
        if (shade > pixels.getSample(x, y, 0)) {
          pixels.setSample(x, y, 0, shade);
        }
      }
    }
  }

  /** Where columns start, and the last one ends. */
  private static int[] xs(Density density, TimeAxis times, int width) {
    var xs = new int[density.columns() + 1];
    for (int i = 0; i < xs.length; i++) {
      double at = times.position(density.start(i)) - times.start();
      xs[i] = pixel(at / (times.end() - times.start()), width);
    }
    return xs;
  }

  /** Where rows end below, and the last one above. */
  private static int[] ys(ValueRows rows, ValueAxis values, int height) {
    var ys = new int[rows.count() + 1];
    for (int i = 0; i < ys.length; i++) {
      ys[i] = pixel(1 - values.position(rows.low(i)) / values.steps(), height);
    }
    return ys;
  }

  /** The pixel at a share of an axis, not far outside the image, so that sums do not overflow. */
  private static int pixel(double share, int size) {
    double pixel = Math.floor(share * size) + MARGIN;
    return (int) Math.max(-MARGIN, Math.min(size + 3 * MARGIN, pixel));
  }
}
