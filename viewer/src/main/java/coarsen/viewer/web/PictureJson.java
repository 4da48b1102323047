package coarsen.viewer.web;

import coarsen.records.EventTime;
import coarsen.viewer.model.Line;
import coarsen.viewer.model.MeanPoint;
import coarsen.viewer.model.OutputState;
import coarsen.viewer.model.OutputStatus;
import coarsen.viewer.model.Picture;
import coarsen.viewer.model.Range;
import coarsen.viewer.model.SeriesList;
import coarsen.viewer.model.SeriesPicture;
import coarsen.viewer.model.StatusText;
import coarsen.viewer.model.VisibleSpan;
import coarsen.viewer.plot.PlotStyle;
import coarsen.viewer.plot.Shading;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes pictures and their status for the page's script: columns of numbers, with the indices of
 * gaps.
 */
final class PictureJson {
  /** Ten years of clock changes; the axis of a longer picture shows no hours. */
  private static final int MAX_OFFSETS = 20;

  private final JsonGenerator json;

  private PictureJson(JsonGenerator json) {
    this.json = json;
  }

  /**
   * Writes a picture as one object.
   *
   * @param extent what the picture follows; null if it shows a chosen range
   */
  static byte[] picture(Picture picture, @Nullable VisibleSpan extent, PlotStyle style) {
    // The densities of several series can't be told apart on one plot.
    Picture drawn = style.grid() ? picture : picture.onOnePlot();
    return Json.bytes(generator -> new PictureJson(generator).write(drawn, extent, style));
  }

  /** Writes the series that a search found as one object. */
  static byte[] series(SeriesList found) {
    return Json.bytes(generator -> new PictureJson(generator).write(found));
  }

  /** Writes the status line of a picture as one object, and the number of rows that it shows. */
  static byte[] status(Picture picture, ZoneId zone) {
    return Json.bytes(generator -> new PictureJson(generator).writeStatus(picture, zone));
  }

  private void write(Picture picture, @Nullable VisibleSpan extent, PlotStyle style)
      throws IOException {
    json.writeStartObject();
    if (extent != null) {
      json.writeStringField("extent", ViewQuery.of(extent));
      json.writeStringField("wider", ViewQuery.of(extent.wider()));
      json.writeStringField("narrower", ViewQuery.of(extent.narrower()));
    }
    json.writeBooleanField("grid", style.grid());
    json.writeNumberField("known", picture.choice().known());
    Range range = picture.range();
    json.writeArrayFieldStart("range");
    json.writeNumber(range.from());
    json.writeNumber(range.to());
    json.writeEndArray();
    offsets(range, style.zone());
    json.writeArrayFieldStart("series");
    for (SeriesPicture series : picture.series()) {
      json.writeStartObject();
      json.writeStringField("name", series.name());
      json.writeStringField("label", series.label());
      json.writeNumberField("colour", series.colour());
      originals(series);
      if (!series.density().isEmpty()) {
        DensityJson.write(json, Shading.of(series.density(), picture, style));
      }
      means(series.means());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void write(SeriesList found) throws IOException {
    json.writeStartObject();
    json.writeNumberField("known", found.known());
    json.writeBooleanField("complete", found.isComplete());
    json.writeNumberField("matching", found.matching());
    json.writeArrayFieldStart("first");
    for (SeriesList.Entry each : found.first()) {
      json.writeStartObject();
      json.writeStringField("name", each.name());
      number("spread", each.spread());
      number("last", each.last());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Null where there is none: JSON has no NaN. */
  private void number(String name, double value) throws IOException {
    json.writeFieldName(name);
    if (Double.isNaN(value)) {
      json.writeNull();
    } else {
      json.writeNumber(value);
    }
  }

  /** The zone's offsets from UTC in seconds, each with the time from which it applies. */
  private void offsets(Range range, ZoneId zone) throws IOException {
    json.writeArrayFieldStart("offsets");
    Instant from = EventTime.toInstant(range.from());
    Instant to = EventTime.toInstant(range.to());
    offset(range.from(), zone.getRules().getOffset(from).getTotalSeconds());
    ZoneOffsetTransition change = zone.getRules().nextTransition(from);
    for (int i = 0; i < MAX_OFFSETS && change != null && change.getInstant().isBefore(to); i++) {
      offset(EventTime.ofInstant(change.getInstant()), change.getOffsetAfter().getTotalSeconds());
      change = zone.getRules().nextTransition(change.getInstant());
    }
    json.writeEndArray();
  }

  private void offset(long from, int seconds) throws IOException {
    json.writeStartArray();
    json.writeNumber(from);
    json.writeNumber(seconds);
    json.writeEndArray();
  }

  private void originals(SeriesPicture series) throws IOException {
    Line line = series.originals();
    json.writeObjectFieldStart("originals");
    json.writeArrayFieldStart("at");
    for (int i = 0; i < line.size(); i++) {
      json.writeNumber(line.micros(i));
    }
    json.writeEndArray();
    json.writeArrayFieldStart("values");
    for (int i = 0; i < line.size(); i++) {
      json.writeNumber(line.value(i));
    }
    json.writeEndArray();
    indices("gaps", line.size(), series::isBrokenBefore);
    indices("lone", line.size(), series::isLone);
    json.writeEndObject();
  }

  private void indices(String name, int size, IntPredicate isListed) throws IOException {
    json.writeArrayFieldStart(name);
    for (int i = 0; i < size; i++) {
      if (isListed.test(i)) {
        json.writeNumber(i);
      }
    }
    json.writeEndArray();
  }

  private void means(List<MeanPoint> points) throws IOException {
    json.writeObjectFieldStart("means");
    longs("at", points, MeanPoint::atMicros);
    longs("start", points, point -> point.mean().startMicros());
    longs("end", points, point -> point.mean().endMicros());
    longs("count", points, point -> point.mean().count());
    longs("run", points, point -> point.mean().run());
    longs("revision", points, point -> point.mean().revision());
    doubles("avg", points, point -> point.mean().avg());
    doubles("min", points, point -> point.mean().min());
    doubles("max", points, point -> point.mean().max());
    doubles("low", points, MeanPoint::low);
    doubles("high", points, MeanPoint::high);
    json.writeArrayFieldStart("pane");
    for (MeanPoint point : points) {
      json.writeString(point.mean().pane().name());
    }
    json.writeEndArray();
    indices("gaps", points.size(), i -> points.get(i).isGapBefore());
    json.writeEndObject();
  }

  private void writeStatus(Picture picture, ZoneId zone) throws IOException {
    List<OutputStatus> sources = picture.status().sources();
    json.writeStartObject();
    // Without rejected rows, which are never drawn and so never wait during a pause.
    json.writeNumberField(
        "rows", sources.get(0).traffic().rows() + sources.get(1).traffic().rows());
    json.writeArrayFieldStart("parts");
    for (StatusText part : StatusText.of(picture, zone)) {
      json.writeStartObject();
      OutputState state = part.state();
      json.writeStringField("state", state == null ? "" : state.name());
      json.writeStringField("text", part.text());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void longs(String name, List<MeanPoint> points, ToLongFunction<MeanPoint> value)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (MeanPoint point : points) {
      json.writeNumber(value.applyAsLong(point));
    }
    json.writeEndArray();
  }

  private void doubles(String name, List<MeanPoint> points, ToDoubleFunction<MeanPoint> value)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (MeanPoint point : points) {
      json.writeNumber(value.applyAsDouble(point));
    }
    json.writeEndArray();
  }
}
