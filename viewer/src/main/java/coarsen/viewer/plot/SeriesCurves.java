package coarsen.viewer.plot;

import coarsen.viewer.model.Line;
import coarsen.viewer.model.MeanPoint;
import coarsen.viewer.model.SeriesPicture;
import java.util.List;

/** Turns the points of a series into curves on two axes. */
final class SeriesCurves {
  private final TimeAxis times;
  private final ValueAxis values;

  SeriesCurves(TimeAxis times, ValueAxis values) {
    this.times = times;
    this.values = values;
  }

  TimeAxis times() {
    return times;
  }

  ValueAxis values() {
    return values;
  }

  /** The readings, broken at gaps and where they are dense. */
  Curve line(SeriesPicture series) {
    var curve = new Curve();
    Line line = series.originals();
    for (int i = 0; i < line.size(); i++) {
      if (series.isBrokenBefore(i)) {
        curve.breakLine();
      }
      curve.add(times.position(line.micros(i)), values.position(line.value(i)));
    }
    curve.breakLine();
    return curve;
  }

  /** Readings with a gap on both sides, which are drawn as dots. */
  Curve lone(SeriesPicture series) {
    var curve = new Curve();
    Line line = series.originals();
    for (int i = 0; i < line.size(); i++) {
      if (series.isLone(i)) {
        curve.add(times.position(line.micros(i)), values.position(line.value(i)));
      }
    }
    curve.breakLine();
    return curve;
  }

  /** The means, broken where windows are missing. */
  Curve means(List<MeanPoint> means) {
    var curve = new Curve();
    for (MeanPoint point : means) {
      if (point.isGapBefore()) {
        curve.breakLine();
      }
      add(curve, point);
    }
    curve.breakLine();
    return curve;
  }

  /** The means of closed windows, or of open ones, which are drawn as dots. */
  Curve dots(List<MeanPoint> means, boolean open) {
    var curve = new Curve();
    for (MeanPoint point : means) {
      if (point.mean().isOpen() == open) {
        add(curve, point);
      }
    }
    curve.breakLine();
    return curve;
  }

  /**
   * Areas from the minimum to the maximum of each window, over its time. Neighbours form one area,
   * or a seam would show between them.
   */
  Curve band(List<MeanPoint> means) {
    var curve = new Curve();
    int from = 0;
    for (int i = 1; i <= means.size(); i++) {
      if (i == means.size() || means.get(i).isGapBefore()) {
        area(curve, means.subList(from, i));
        from = i;
      }
    }
    curve.breakLine();
    return curve;
  }

  private void area(Curve curve, List<MeanPoint> run) {
    for (int i = 0; i < run.size(); i++) {
      double high = values.position(run.get(i).high());
      curve.add(start(run, i), high);
      curve.add(times.position(run.get(i).atMicros()), high);
    }
    for (int i = run.size() - 1; i >= 0; i--) {
      double low = values.position(run.get(i).low());
      curve.add(times.position(run.get(i).atMicros()), low);
      curve.add(start(run, i), low);
    }
    curve.breakLine();
  }

  private double start(List<MeanPoint> run, int i) {
    long start = i == 0 ? run.get(i).mean().startMicros() : run.get(i - 1).atMicros();
    return times.position(Math.min(start, run.get(i).atMicros()));
  }

  private void add(Curve curve, MeanPoint point) {
    curve.add(times.position(point.atMicros()), values.position(point.mean().avg()));
  }
}
