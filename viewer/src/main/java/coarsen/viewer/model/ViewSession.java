package coarsen.viewer.model;

import org.jspecify.annotations.Nullable;

/**
 * One user's view of a model: it follows the newest rows, or is paused while reading continues and
 * can then be zoomed. Not thread-safe.
 */
public final class ViewSession {
  private static final double ZOOM_FACTOR = 2;

  private record Pause(SeriesStore store, long rows, @Nullable Range zoom) {}

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

  /** What to draw now. */
  public Picture picture() {
    if (pause == null) {
      return model.picture(extent);
    }
    SeriesStore store = pause.store();
    Range zoom = pause.zoom();
    Status now = model.status();
    Picture picture =
        zoom == null ? store.picture(store.range(extent), extent, now) : store.picture(zoom, now);
    return picture.asPaused(now, model.rows() - pause.rows());
  }

  /** How much is shown without a zoom. */
  public VisibleSpan extent() {
    return extent;
  }

  /** Whether the picture is held. */
  public boolean isPaused() {
    return pause != null;
  }

  /** Whether the picture shows a range that the user chose. */
  public boolean isZoomed() {
    return pause != null && pause.zoom() != null;
  }

  /** Holds the picture, unless it is held already. */
  public void pause() {
    if (pause == null) {
      pause = new Pause(model.freeze(), model.rows(), null);
    }
  }

  /** Follows the newest rows again, without a zoom. */
  public void follow() {
    pause = null;
  }

  /** Pauses and shows a range. */
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
      zoom(zoom.scaled(ZOOM_FACTOR));
    }
  }

  /** Shows half as much. */
  public void narrow() {
    Range zoom = pause == null ? null : pause.zoom();
    if (zoom == null) {
      extent = extent.narrower();
    } else {
      zoom(zoom.scaled(1 / ZOOM_FACTOR));
    }
  }
}
