package coarsen.viewer.web;

import static coarsen.viewer.Rows.feed;
import static coarsen.viewer.Rows.reading;
import static coarsen.viewer.Rows.window;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.records.Series;
import coarsen.viewer.model.Selection;
import coarsen.viewer.model.ViewModel;
import coarsen.viewer.model.VisibleSpan;
import coarsen.viewer.plot.PlotStyle;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelDataTest {
  private Instant now = Instant.parse("2021-01-23T12:00:00Z");
  private final ViewModel model = new ViewModel(() -> now, false);
  private final LiveData.View view = view(Map.of());

  private LiveData data() {
    var style = new PageStyle(PlotStyle.DEFAULT, true);
    return new ModelData(
        model, new VisibleSpan.LastReadings(90), Selection.DEFAULT, style, () -> {});
  }

  private LiveData.View view(Map<String, String> query) {
    return data().view(query);
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

  private void readSeries() {
    for (String device : List.of("a", "b", "c\u202E</script>")) {
      Series series = Series.of(Map.of("device", device));
      for (int second = 0; second <= 5; second++) {
        feed(model.raw(), reading(series, second, second).toJson());
      }
      feed(model.reduced(), window(series, 5, 2.5).toJson());
    }
    feed(model.reduced(), window(5, 2.5).toJson());
  }

  private JsonNode picture(Map<String, String> query) throws Exception {
    return new ObjectMapper().readTree(view(query).snapshot().picture());
  }

  private static List<String> series(JsonNode picture) {
    List<String> all = new ArrayList<>();
    picture
        .get("series")
        .forEach(each -> all.add(each.get("colour") + ":" + each.get("label").asText()));
    return all;
  }

  @Test
  void eachRequestChoosesItsSeries() throws Exception {
    readSeries();
    JsonNode all = picture(Map.of());
    assertEquals(List.of("1:device=a", "2:device=b", "3:device=c\\u202e</script>"), series(all));
    assertEquals(3, all.get("known").asInt());
    assertEquals(
        List.of("5:all readings", "2:device=b"),
        series(picture(Map.of("series", "2:device=b\n5:"))));
    assertEquals(3, series(picture(Map.of("series", ""))).size());
    assertNotEquals(view(Map.of("series", "1:device=b")), view(Map.of()));
    assertEquals(view(Map.of("series", "1:device=b")), view(Map.of("series", "1:device=b")));
  }

  @Test
  void severalSeriesHaveDensitiesInAGridOnly() throws Exception {
    readSeries();
    for (String device : List.of("a", "b")) {
      for (int i = 0; i < 20_000; i++) {
        feed(
            model.raw(),
            reading(Series.of(Map.of("device", device)), 6 + i / 1_000.0, i % 2).toJson());
      }
    }
    JsonNode grid = picture(Map.of("grid", "true", "span", "15s"));
    assertTrue(grid.get("grid").asBoolean());
    assertTrue(grid.get("series").get(0).has("density"));
    JsonNode one = picture(Map.of("grid", "false", "span", "15s"));
    assertFalse(one.get("grid").asBoolean());
    assertFalse(one.get("series").get(0).has("density"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          series | device=a         | series=device=a is not known; write COLOUR:NAME, such as 1:device=press-04
          series | 9:device=a       | series need different colours from 1 to 8: {device=a=9}
          grid   | yes              | grid=yes is not known; write true or false
          """)
  void wrongParametersAreExplained(String name, String wrong, String expected) {
    assertEquals(
        expected,
        assertThrows(IllegalArgumentException.class, () -> view(Map.of(name, wrong))).getMessage());
  }

  @Test
  void aSearchListsTheFirstHundredOfTheSeriesThatMatch() throws Exception {
    for (int i = 0; i < 300; i++) {
      Series series = Series.of(Map.of("device", "sensor-" + (1_000 + i)));
      feed(model.reduced(), window(series, 5, i).toJson());
    }
    JsonNode found = new ObjectMapper().readTree(data().series("sensor-1?0*"));
    assertEquals(300, found.get("known").asInt());
    assertTrue(found.get("complete").asBoolean());
    assertEquals(30, found.get("matching").asInt());
    assertEquals("device=sensor-1000", found.get("first").get(0).get("name").asText());
    assertEquals(0, found.get("first").get(0).get("last").asDouble());
    assertEquals(100, new ObjectMapper().readTree(data().series("")).get("first").size());
  }
}
