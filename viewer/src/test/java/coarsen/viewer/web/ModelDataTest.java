package coarsen.viewer.web;

import static coarsen.viewer.Rows.feed;
import static coarsen.viewer.Rows.reading;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.viewer.model.Selection;
import coarsen.viewer.model.ViewModel;
import coarsen.viewer.model.VisibleSpan;
import coarsen.viewer.plot.PlotStyle;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelDataTest {
  private Instant now = Instant.parse("2021-01-23T12:00:00Z");
  private final ViewModel model = new ViewModel(() -> now, false);
  private final LiveData.View view = view(Map.of());

  private LiveData.View view(Map<String, String> query) {
    var style = new PageStyle(PlotStyle.DEFAULT, true);
    return new ModelData(
            model, new VisibleSpan.LastReadings(90), Selection.DEFAULT, style, () -> {})
        .view(query);
  }

  private void read(int offset) {
    byte[] row =
        "{\"ts\":\"2021-01-23T11:59:%02dZ\",\"value\":1,\"partition\":0,\"offset\":%d,\"run\":0}"
            .formatted(offset, offset)
            .getBytes(UTF_8);
    model.raw().row(row, 0, row.length);
  }

  private static String status(LiveData.Snapshot snapshot) {
    return new String(snapshot.status(), UTF_8);
  }

  @Test
  void aStatusCountsOnlyTheRowsOfItsPicture() {
    read(0);
    LiveData.Snapshot snapshot = view.snapshot();
    read(1);
    assertTrue(status(snapshot).contains("\"rows\":1"), status(snapshot));
    assertTrue(status(view.snapshot()).contains("\"rows\":2"), status(view.snapshot()));
  }

  @Test
  void whatChangesWithTimeAloneIsReportedAsOfNow() {
    read(0);
    LiveData.Snapshot snapshot = view.snapshot();
    assertTrue(status(snapshot).contains("raw live"), status(snapshot));
    now = now.plusSeconds(600);
    assertTrue(status(snapshot).contains("raw stale"), status(snapshot));
  }

  @Test
  void denseReadingsHaveAShadeForEachCellAndNoLine() throws Exception {
    // A thousand a second; by turns 0 and 2, in rows 1/32 high.
    for (int i = 0; i < 20_000; i++) {
      feed(model.raw(), reading(i / 1_000.0, i % 2 * 2, 0, i, 0).toJson());
    }
    JsonNode json =
        new ObjectMapper()
            .readTree(view(Map.of("span", "15s")).snapshot().picture())
            .get("series")
            .get(0);
    JsonNode density = json.get("density");
    assertEquals(0, density.get("low").asDouble());
    assertEquals(1.0 / 32, density.get("height").asDouble());
    int columns = density.get("shades").size();
    assertEquals(columns, density.get("rows").size());
    assertEquals(Math.ceil(15e6 / density.get("column").asLong()), columns, 1.0);
    String both = "[e-f]0{63}[e-f]";
    for (int i = 1; i < columns - 1; i++) {
      assertEquals(0, density.get("rows").get(i).asInt());
      assertTrue(density.get("shades").get(i).asText().matches(both), i + ": " + density);
    }
    JsonNode originals = json.get("originals");
    assertTrue(originals.get("at").size() > 400, "points to point at");
    assertEquals(originals.get("at").size() - 1, originals.get("gaps").size(), 2.0);
    assertEquals(0, originals.get("lone").size());
  }

  @Test
  void readingsThatAreNotDenseHaveNoShades() {
    read(0);
    read(1);
    String picture = new String(view.snapshot().picture(), UTF_8);
    assertFalse(picture.contains("density"), picture);
  }
}
