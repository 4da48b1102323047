package coarsen.viewer.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.viewer.model.ViewModel;
import coarsen.viewer.model.VisibleSpan;
import coarsen.viewer.plot.PlotStyle;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelDataTest {
  private Instant now = Instant.parse("2021-01-23T12:00:00Z");
  private final ViewModel model = new ViewModel(() -> now, "topic:raw", "topic:reduced", null);
  private final LiveData.View view =
      new ModelData(
              model,
              new VisibleSpan.LastReadings(90),
              new PageStyle(PlotStyle.DEFAULT, true),
              () -> {})
          .view(Map.of());

  private void read(int offset) {
    byte[] row =
        "{\"ts\":\"2021-01-23T11:59:%02dZ\",\"value\":1,\"partition\":0,\"offset\":%d,\"run\":0}"
            .formatted(offset, offset)
            .getBytes(UTF_8);
    model.raw().row(row, 0, row.length);
  }

  private static String told(LiveData.Still still) {
    return new String(still.status(), UTF_8);
  }

  @Test
  void noStatusCountsRowsThatItsPictureDoesNotHave() {
    read(0);
    LiveData.Still still = view.still();
    read(1);
    assertTrue(told(still).contains("\"rows\":1"), told(still));
    assertTrue(told(view.still()).contains("\"rows\":2"), told(view.still()));
  }

  @Test
  void whatChangesWithTimeAloneIsToldAsItIsNow() {
    read(0);
    LiveData.Still still = view.still();
    assertTrue(told(still).contains("raw live"), told(still));
    now = now.plusSeconds(600);
    assertTrue(told(still).contains("raw stale"), told(still));
  }
}
