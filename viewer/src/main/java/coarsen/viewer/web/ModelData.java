package coarsen.viewer.web;

import coarsen.viewer.model.Picture;
import coarsen.viewer.model.Range;
import coarsen.viewer.model.Status;
import coarsen.viewer.model.ViewModel;
import coarsen.viewer.model.VisibleSpan;
import coarsen.viewer.plot.PictureFile;
import coarsen.viewer.plot.Plot;
import coarsen.viewer.plot.PlotStyle;
import coarsen.viewer.plot.Theme;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A viewer's model as the page's data. */
final class ModelData implements LiveData {
  private final ViewModel model;
  private final VisibleSpan extent;
  private final PageStyle look;
  private final Runnable check;

  /**
   * @param extent what is shown where a request does not say
   * @param check throws if an output can't be read any more
   */
  ModelData(ViewModel model, VisibleSpan extent, PageStyle look, Runnable check) {
    this.model = model;
    this.extent = extent;
    this.look = look;
    this.check = check;
  }

  @Override
  public View view(Map<String, String> query) {
    return new ModelView(
        model,
        ViewQuery.extent(query, extent),
        ViewQuery.range(query),
        themed(look.look(), query.get("theme")));
  }

  @Override
  public byte[] look() {
    return PageStyleJson.bytes(look);
  }

  @Override
  public void check() {
    check.run();
  }

  private static PlotStyle themed(PlotStyle look, @Nullable String theme) {
    if (theme == null) {
      return look;
    }
    for (Theme each : Theme.values()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(theme)) {
        return new PlotStyle(look.band(), look.yMin(), look.yMax(), look.zone(), each);
      }
    }
    throw new IllegalArgumentException("theme=" + theme + " is not known; write light or dark");
  }

  /**
   * @param range what is shown in place of the extent; null to follow
   */
  private record ModelView(
      ViewModel model, VisibleSpan extent, @Nullable Range range, PlotStyle look) implements View {
    @Override
    public long version() {
      return model.version();
    }

    @Override
    public Still still() {
      return new ModelStill(model, present(), range == null ? extent : null, look.zone());
    }

    @Override
    public byte[] png() {
      return PictureFile.png(plot(), Plot.WIDTH, Plot.HEIGHT);
    }

    @Override
    public byte[] svg() {
      return PictureFile.svg(plot(), Plot.WIDTH, Plot.HEIGHT);
    }

    private Picture present() {
      return range == null ? model.picture(extent) : model.picture(range);
    }

    private Plot plot() {
      var plot = new Plot(look);
      plot.show(present());
      return plot;
    }
  }

  /**
   * @param extent what the picture follows; null if it is of a range that was chosen
   */
  private record ModelStill(
      ViewModel model, Picture seen, @Nullable VisibleSpan extent, ZoneId zone) implements Still {
    @Override
    public byte[] picture() {
      return PictureJson.bytes(seen, extent, zone);
    }

    @Override
    public byte[] status() {
      Status now = model.status();
      // Rows that have come since are told with the picture that has them.
      return now.rows() == seen.status().rows()
          ? StatusJson.bytes(new Picture(seen.range(), seen.series(), now, false, 0), zone)
          : StatusJson.bytes(seen, zone);
    }
  }
}
