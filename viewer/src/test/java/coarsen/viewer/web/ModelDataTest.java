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
  private final ViewModel model = new ViewModel(() -> now, false);
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
}
