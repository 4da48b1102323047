package coarsen.viewer.web;

import coarsen.viewer.model.Picture;
import coarsen.viewer.model.Range;
import coarsen.viewer.model.Selection;
import coarsen.viewer.model.Status;
import coarsen.viewer.model.ViewModel;
import coarsen.viewer.model.VisibleSpan;
import coarsen.viewer.plot.PictureFile;
import coarsen.viewer.plot.PlotStyle;
import coarsen.viewer.plot.Plots;
import coarsen.viewer.plot.Theme;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The page's data, taken from a {@link ViewModel}. */
final class ModelData implements LiveData {
  /** Series in an answer to a search. */
  private static final int MOST_LISTED = 100;

  private final ViewModel model;
  private final VisibleSpan extent;
  private final Selection selection;
  private final PageStyle style;
  private final Runnable check;

  /**
   * @param extent how much is shown unless a request asks for something else
   * @param selection which series are shown
   * @param check throws if an output can't be read any more
   */
  ModelData(
      ViewModel model, VisibleSpan extent, Selection selection, PageStyle style, Runnable check) {
    this.model = model;
    this.extent = extent;
    this.selection = selection;
    this.style = style;
    this.check = check;
  }

  @Override
  public View view(Map<String, String> query) {
    return new ModelView(
        model,
        ViewQuery.extent(query, extent),
        ViewQuery.range(query),
        ViewQuery.selection(query, selection),
        themed(style.plot(), query.get("theme"))
            .withGrid(ViewQuery.grid(query, style.plot().grid())));
  }

  @Override
  public byte[] series(String search) {
    return PictureJson.series(model.search(search, MOST_LISTED));
  }

  @Override
  public byte[] style() {
    return style.toJson();
  }

  @Override
  public void check() {
    check.run();
  }

  private static PlotStyle themed(PlotStyle style, @Nullable String theme) {
    if (theme == null) {
      return style;
    }
    for (Theme each : Theme.values()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(theme)) {
        return style.with(each);
      }
    }
    throw new IllegalArgumentException("theme=" + theme + " is not known; write light or dark");
  }

  /**
   * @param range what is shown instead of the extent; null to follow the newest rows
   */
  private record ModelView(
      ViewModel model,
      VisibleSpan extent,
      @Nullable Range range,
      Selection selection,
      PlotStyle style)
      implements View {
    @Override
    public long version() {
      return model.version();
    }

    @Override
    public Snapshot snapshot() {
      return new ModelSnapshot(model, current(), range == null ? extent : null, style);
    }

    @Override
    public byte[] png() {
      return PictureFile.png(plots(), Plots.WIDTH, Plots.HEIGHT);
    }

    @Override
    public byte[] svg() {
      return PictureFile.svg(plots(), Plots.WIDTH, Plots.HEIGHT);
    }

    private Picture current() {
      return range == null ? model.picture(extent, selection) : model.picture(range, selection);
    }

    private Plots plots() {
      var plots = new Plots(style);
      plots.show(current());
      return plots;
    }
  }

  /**
   * @param extent what the picture follows; null if it shows a chosen range
   */
  private record ModelSnapshot(
      ViewModel model, Picture shown, @Nullable VisibleSpan extent, PlotStyle style)
      implements Snapshot {
    @Override
    public byte[] picture() {
      return PictureJson.picture(shown, extent, style);
    }

    @Override
    public byte[] status() {
      Status now = model.status();
      // Rows that have arrived since are counted with the picture that shows them.
      return now.rows() == shown.status().rows()
          ? PictureJson.status(
              new Picture(shown.range(), shown.series(), shown.choice(), now, false, 0),
              style.zone())
          : PictureJson.status(shown, style.zone());
    }
  }
}
