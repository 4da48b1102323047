package coarsen.viewer.web;

import coarsen.viewer.model.OutputState;
import coarsen.viewer.model.Picture;
import coarsen.viewer.model.Status;
import coarsen.viewer.model.StatusText;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.ZoneId;

/** How the outputs are, as the page's script takes it: what to say, and rows to count by. */
final class StatusJson {
  private StatusJson() {}

  /** Writes a picture's status as one object. */
  static byte[] bytes(Picture picture, ZoneId zone) {
    return Json.bytes(json -> write(picture, zone, json));
  }

  private static void write(Picture picture, ZoneId zone, JsonGenerator json) throws IOException {
    Status status = picture.status();
    json.writeStartObject();
    // Rejected rows are never drawn, so none of them waits for a page that is paused.
    json.writeNumberField("rows", status.sources().get(0).rows() + status.sources().get(1).rows());
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
}
