package coarsen.viewer.plot;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;

/**
 * Shades of a colour on a background, in steps that look even: evenly apart in Oklab, where
 * distances are those that people see.
 */
final class Shades {
  /** How far the lightest shade is on the way from the background to the colour. */
  private static final double LIGHTEST = 0.45;

  private Shades() {}

  /** {@link Shading#SHADES} colours, the last of which is the given one. */
  static List<Color> of(Color background, Color color) {
    double[] from = oklab(background);
    double[] to = oklab(color);
    List<Color> shades = new ArrayList<>();
    for (int i = 0; i < Shading.SHADES; i++) {
      double share = LIGHTEST + (1 - LIGHTEST) * i / (Shading.SHADES - 1);
      var mixed = new double[from.length];
      for (int j = 0; j < mixed.length; j++) {
        mixed[j] = from[j] + (to[j] - from[j]) * share;
      }
      shades.add(color(mixed));
    }
    return shades;
  }

  private static double[] oklab(Color color) {
    double r = linear(color.getRed() / 255.0);
    double g = linear(color.getGreen() / 255.0);
    double b = linear(color.getBlue() / 255.0);
    double l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    double m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    double s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    return new double[] {
      0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
      1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
      0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
    };
  }

  private static Color color(double[] lab) {
    double l = cube(lab[0] + 0.3963377774 * lab[1] + 0.2158037573 * lab[2]);
    double m = cube(lab[0] - 0.1055613458 * lab[1] - 0.0638541728 * lab[2]);
    double s = cube(lab[0] - 0.0894841775 * lab[1] - 1.2914855480 * lab[2]);
    return new Color(
        channel(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
        channel(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
        channel(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s));
  }

  private static double cube(double value) {
    return value * value * value;
  }

  /** The light of a channel of sRGB. */
  private static double linear(double channel) {
    return channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
  }

  private static int channel(double light) {
    double channel = light <= 0.0031308 ? light * 12.92 : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
    return (int) Math.round(255 * Math.min(1, Math.max(0, channel)));
  }
}
