package coarsen.viewer.web;

import coarsen.viewer.plot.Theme;
import com.fasterxml.jackson.core.JsonGenerator;
import java.awt.Color;
import java.io.IOException;
import java.util.Locale;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** How the page is to draw: what the user asked for, and the colours of all themes. */
final class PageStyleJson {
  /** How many series have colours of their own. */
  private static final int COLOURS = 9;

  private PageStyleJson() {}

  /** Writes a look as one object. */
  static byte[] bytes(PageStyle look) {
    return Json.bytes(json -> write(look, json));
  }

  private static void write(PageStyle look, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("zone", look.look().zone().getId());
    json.writeBooleanField("band", look.look().band());
    number("yMin", look.look().yMin(), json);
    number("yMax", look.look().yMax(), json);
    json.writeStringField("theme", look.browserChooses() ? null : name(look.look().theme()));
    json.writeObjectFieldStart("themes");
    for (Theme theme : Theme.values()) {
      json.writeObjectFieldStart(name(theme));
      json.writeStringField("background", css(theme.background()));
      json.writeStringField("ink", css(theme.ink()));
      json.writeStringField("grid", css(theme.grid()));
      colours("originals", theme::original, json);
      colours("means", theme::mean, json);
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
