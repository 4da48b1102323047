package coarsen.viewer.web;

import coarsen.records.EventTime;
import coarsen.viewer.model.SourceStatus;
import coarsen.viewer.model.Status;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** How the outputs are, as the page's script takes it. Times are microseconds since 1970. */
final class StatusJson {
  private StatusJson() {}

  /** Writes a status as one object. */
  static byte[] bytes(Status status) {
    return Json.bytes(json -> write(status, json));
  }

  private static void write(Status status, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("rows", status.rows());
    json.writeNumberField("badLines", status.badLines());
    Duration lag = status.lag();
    json.writeFieldName("lagMillis");
    if (lag == null) {
      json.writeNull();
    } else {
      json.writeNumber(lag.toMillis());
    }
    json.writeArrayFieldStart("sources");
    for (SourceStatus source : status.sources()) {
      source(source, json);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void source(SourceStatus source, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", source.name());
    json.writeStringField("place", source.place());
    json.writeStringField("state", source.state().name());
    json.writeStringField("detail", source.detail());
    json.writeNumberField("rows", source.rows());
    json.writeNumberField("rowsPerSecond", source.rowsPerSecond());
    json.writeFieldName("since");
    Instant since = source.since();
    if (since == null) {
      json.writeNull();
    } else {
      json.writeNumber(EventTime.ofInstant(since));
    }
    json.writeEndObject();
  }
}
