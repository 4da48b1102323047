package coarsen.viewer.model;

import org.jspecify.annotations.Nullable;

/**
 * One user's view of a model: it follows the newest rows, or is paused while reading continues and
 * can then be zoomed. Not thread-safe.
 */
public final class ViewSession {
  private static final double ZOOM_FACTOR = 2;

  /**
   * What is held.
   *
   * @param zoom the range that is shown; null for the newest that was there
   * @param histories how many the model had when series were picked that it may have to read again;
   *     {@link #NONE} if none were
   */
  private record Pause(
      SeriesStore store, SeriesChoice choice, long rows, @Nullable Range zoom, long histories) {}

  private static final long NONE = Long.MAX_VALUE;

  private final ViewModel model;
  private VisibleSpan extent;
  private Selection selection;
  private @Nullable Pause pause;

  /**
   * @param extent what to show at first
   */
  public ViewSession(ViewModel model, VisibleSpan extent) {
    this(model, extent, Selection.DEFAULT);
  }

  /**
   * @param extent what to show at first
   * @param selection which series to show at first
   */
  public ViewSession(ViewModel model, VisibleSpan extent, Selection selection) {
    this.model = model;
    this.extent = extent;
    this.selection = selection;
  }

  /** What to draw now. */
  public Picture picture() {
    if (pause == null) {
      return model.picture(extent, selection);
    }
    if (model.histories() > pause.histories()) {
      pause = held(pause.choice(), pause.rows(), pause.zoom(), NONE);
    }
    Pause held = pause;
    Status now = model.status();
    Range zoom = held.zoom();
    Picture picture =
        zoom == null
            ? held.store().picture(range(held), extent, held.choice(), now)
            : held.store().picture(zoom, held.choice(), now);
    return picture.asPaused(now, model.rows() - held.rows());
  }

  /** How much is shown without a zoom. */
  public VisibleSpan extent() {
    return extent;
  }

  /** Which series are shown. */
  public Selection selection() {
    return selection;
  }

  /** Whether the picture is held. */
  public boolean isPaused() {
    return pause != null;
  }

  /** Whether the picture shows a range that the user chose. */
  public boolean isZoomed() {
    return pause != null && pause.zoom() != null;
  }

  /** Shows other series, during a pause within the same range. */
  public void select(Selection other) {
    selection = other;
    if (pause != null) {
      pause = held(model.choose(other), pause.rows(), range(pause), model.histories());
    }
  }

  /** Holds the picture, unless it is held already. */
  public void pause() {
    if (pause == null) {
      pause = held(model.choose(selection), model.rows(), null, NONE);
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
      pause = new Pause(pause.store(), pause.choice(), pause.rows(), range, pause.histories());
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

  private Pause held(SeriesChoice choice, long rows, @Nullable Range zoom, long histories) {
    return new Pause(model.freeze(), choice, rows, zoom, histories);
  }

  private Range range(Pause held) {
    Range zoom = held.zoom();
    return zoom == null ? held.store().range(extent, held.choice().colours().keySet()) : zoom;
  }
}
