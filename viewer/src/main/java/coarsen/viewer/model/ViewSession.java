package coarsen.viewer.model;

import org.jspecify.annotations.Nullable;

/**
 * One face's look at a model: it follows what comes, or stands still while reading goes on, and
 * then may be zoomed into. For one thread.
 */
public final class ViewSession {
  private static final double WIDER = 2;

  private record Pause(Store store, long rows, @Nullable Range zoom) {}

  private final ViewModel model;
  private VisibleSpan extent;
  private @Nullable Pause pause;

  /**
   * @param extent what to show at first
   */
  public ViewSession(ViewModel model, VisibleSpan extent) {
    this.model = model;
    this.extent = extent;
  }

  /** What there is to draw now. */
  public Picture picture() {
    if (pause == null) {
      return model.picture(extent);
    }
    Store store = pause.store();
    Range zoom = pause.zoom();
    Status now = model.status();
    Picture picture =
        zoom == null ? store.picture(store.range(extent), extent, now) : store.picture(zoom, now);
    return picture.held(now, model.rows() - pause.rows());
  }

  /** How much is shown while nothing is zoomed into. */
  public VisibleSpan extent() {
    return extent;
  }

  /** Whether the picture stands still. */
  public boolean isPaused() {
    return pause != null;
  }

  /** Whether the picture shows a range that was chosen. */
  public boolean isZoomed() {
    return pause != null && pause.zoom() != null;
  }

  /** Lets the picture stand still, if it does not already. */
  public void pause() {
    if (pause == null) {
      pause = new Pause(model.freeze(), model.rows(), null);
    }
  }

  /** Follows what comes again. */
  public void follow() {
    pause = null;
  }

  /** Shows a range, and pauses for that. */
  public void zoom(Range range) {
    pause();
    if (pause != null) {
      pause = new Pause(pause.store(), pause.rows(), range);
    }
  }

  /** Shows twice as much. */
  public void widen() {
    Range zoom = pause == null ? null : pause.zoom();
    if (zoom == null) {
      extent = extent.wider();
    } else {
      zoom(zoom.scaled(WIDER));
    }
  }

  /** Shows half as much. */
  public void narrow() {
    Range zoom = pause == null ? null : pause.zoom();
    if (zoom == null) {
      extent = extent.narrower();
    } else {
      zoom(zoom.scaled(1 / WIDER));
    }
  }
}
