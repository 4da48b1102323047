package coarsen.viewer.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class EasingTest {
  private long nanos;
  private final Easing easing = new Easing(() -> nanos);

  @Test
  void itGrowsAtOnceAndShrinksSlowly() {
    assertEquals(new Limits(0, 10), easing.apply(new Limits(0, 10)));
    assertEquals(new Limits(-5, 50), easing.apply(new Limits(-5, 50)));
    nanos += 6_931_471_806L; // The half-life.
    Limits eased = easing.apply(new Limits(0, 10));
    assertEquals(-2.5, eased.low(), 1e-6);
    assertEquals(30, eased.high(), 1e-6);
    nanos += 600_000_000_000L;
    assertEquals(10, easing.apply(new Limits(0, 10)).high(), 1e-6);
  }

  @Test
  void itCanStartAgain() {
    easing.apply(new Limits(0, 1_000));
    easing.forget();
    assertEquals(new Limits(0, 10), easing.apply(new Limits(0, 10)));
  }

  @Test
  void theLargestDoublesCanBeEased() {
    easing.apply(new Limits(-Double.MAX_VALUE, Double.MAX_VALUE));
    nanos += 1_000_000_000;
    Limits eased = easing.apply(new Limits(0, 1));
    assertTrue(Double.isFinite(eased.low()) && Double.isFinite(eased.high()), eased.toString());
  }

  @Test
  void aLimitOfTheUserOverridesTheValues() {
    var style = new PlotStyle(false, 0.0, null, false, PlotStyle.DEFAULT.zone(), Theme.LIGHT);
    assertEquals(new Limits(0, 7), new Limits(-3, 7).locked(style));
    assertEquals(0, new Limits(-9, -3).locked(style).low());
  }
}
