package coarsen.viewer.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.viewer.model.Selection;
import java.awt.Color;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The colours of series, by WCAG's contrast and Machado's model of colour blindness (2009). */
class ThemeTest {
  private static final double[][] NORMAL = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
  private static final double[][] PROTANOPIA = {
    {0.152286, 1.052583, -0.204868},
    {0.114503, 0.786281, 0.099216},
    {-0.003882, -0.048116, 1.051998}
  };
  private static final double[][] DEUTERANOPIA = {
    {0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}
  };
  private static final double[][] TRITANOPIA = {
    {1.255528, -0.076749, -0.178779},
    {-0.078411, 0.930809, 0.147602},
    {0.004733, 0.691367, 0.303900}
  };

  /** Okabe and Ito's own colours, most of them too light for white, are at least 16 apart. */
  private static final double APART = 19;

  @ParameterizedTest
  @EnumSource(Theme.class)
  void theColoursOfSeriesStandOutFromTheBackground(Theme theme) {
    for (int colour = 0; colour <= Selection.MOST; colour++) {
      assertTrue(contrast(theme.mean(colour), theme.background()) >= 3, "" + colour);
      assertTrue(contrast(theme.original(colour), theme.background()) >= 3, "" + colour);
    }
  }

  @ParameterizedTest
  @EnumSource(Theme.class)
  void theColourBlindCanTellAllSeriesApart(Theme theme) {
    List<Color> colours =
        IntStream.rangeClosed(1, Selection.MOST).mapToObj(theme::mean).distinct().toList();
    assertEquals(Selection.MOST, colours.size());
    for (double[][] eyes : List.of(NORMAL, PROTANOPIA, DEUTERANOPIA, TRITANOPIA)) {
      for (Color one : colours) {
        for (Color other : colours) {
          double distance = distance(lab(one, eyes), lab(other, eyes));
          assertTrue(one.equals(other) || distance > APART, one + ", " + other + ": " + distance);
        }
      }
    }
  }

  private static double contrast(Color one, Color other) {
    double[] light = {luminance(one) + 0.05, luminance(other) + 0.05};
    return Math.max(light[0], light[1]) / Math.min(light[0], light[1]);
  }

  private static double luminance(Color color) {
    double[] rgb = linear(color);
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
  }

  private static double[] linear(Color color) {
    return IntStream.of(color.getRed(), color.getGreen(), color.getBlue())
        .mapToDouble(channel -> channel / 255.0)
        .map(c -> c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4))
        .toArray();
  }

  /** What is seen of a colour, in CIELAB. */
  private static double[] lab(Color color, double[][] eyes) {
    double[] light = linear(color);
    double[] seen = new double[3];
    for (int i = 0; i < 3; i++) {
      double sum = eyes[i][0] * light[0] + eyes[i][1] * light[1] + eyes[i][2] * light[2];
      seen[i] = Math.min(1, Math.max(0, sum));
    }
    double x = f((0.4124 * seen[0] + 0.3576 * seen[1] + 0.1805 * seen[2]) / 0.9505);
    double y = f(0.2126 * seen[0] + 0.7152 * seen[1] + 0.0722 * seen[2]);
    double z = f((0.0193 * seen[0] + 0.1192 * seen[1] + 0.9505 * seen[2]) / 1.089);
    return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
  }

  private static double f(double t) {
    return t > 216.0 / 24389 ? Math.cbrt(t) : (24389.0 / 27 * t + 16) / 116;
  }

  private static double distance(double[] one, double[] other) {
    return Math.sqrt(
        IntStream.range(0, 3).mapToDouble(i -> one[i] - other[i]).map(d -> d * d).sum());
  }
}
