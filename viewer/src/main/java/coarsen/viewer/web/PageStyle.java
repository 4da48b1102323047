package coarsen.viewer.web;

import coarsen.viewer.plot.PlotStyle;
import coarsen.viewer.plot.Theme;
import com.fasterxml.jackson.core.JsonGenerator;
import java.awt.Color;
import java.io.IOException;
import java.util.Locale;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * How the page draws.
 *
 * @param plot what the user asked for
 * @param browserChooses whether the page uses the light or dark theme that its browser prefers; the
 *     theme of {@code plot} is then only that of {@code /chart.png} and {@code /chart.svg}
 */
public record PageStyle(PlotStyle plot, boolean browserChooses) {
  /** The page's script repeats the colours for further series. */
  private static final int COLOURS = 9;

  /** One object: the user's choices, and the colours of all themes. */
  byte[] toJson() {
    return Json.bytes(this::write);
  }

  private void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("zone", plot.zone().getId());
    json.writeBooleanField("band", plot.band());
    number("yMin", plot.yMin(), json);
    number("yMax", plot.yMax(), json);
    json.writeStringField("theme", browserChooses ? null : name(plot.theme()));
    json.writeObjectFieldStart("themes");
    for (Theme theme : Theme.values()) {
      json.writeObjectFieldStart(name(theme));
      json.writeStringField("background", css(theme.background()));
      json.writeStringField("ink", css(theme.ink()));
      json.writeStringField("grid", css(theme.grid()));
      colours("originals", theme::original, json);
      colours("means", theme::mean, json);
      json.writeArrayFieldStart("shades");
      for (int series = 0; series < COLOURS; series++) {
        json.writeStartArray();
        for (Color shade : theme.shades(series)) {
          json.writeString(css(shade));
        }
        json.writeEndArray();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void colours(String name, IntFunction<Color> bySeries, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (int series = 0; series < COLOURS; series++) {
      json.writeString(css(bySeries.apply(series)));
    }
    json.writeEndArray();
  }

  private static void number(String name, @Nullable Double value, JsonGenerator json)
      throws IOException {
    json.writeFieldName(name);
    if (value == null) {
      json.writeNull();
    } else {
      json.writeNumber(value);
    }
  }

  private static String name(Theme theme) {
    return theme.name().toLowerCase(Locale.ROOT);
  }

  private static String css(Color colour) {
    return "#%06x".formatted(colour.getRGB() & 0xFFFFFF);
  }
}
