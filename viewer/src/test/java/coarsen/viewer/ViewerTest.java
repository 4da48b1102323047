package coarsen.viewer;

import static coarsen.viewer.Rows.device;
import static coarsen.viewer.Rows.line;
import static coarsen.viewer.Rows.reading;
import static coarsen.viewer.Rows.window;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import coarsen.command.CommandException;
import coarsen.outputs.Location;
import coarsen.records.WindowSummary;
import coarsen.viewer.model.OutputState;
import coarsen.viewer.model.Picture;
import coarsen.viewer.model.Selection;
import coarsen.viewer.model.SeriesPicture;
import coarsen.viewer.model.VisibleSpan;
import coarsen.viewer.plot.PlotStyle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ViewerTest {
  private static final VisibleSpan ALL = new VisibleSpan.LastReadings(1_000);
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir private Path folder;

  @Test
  void rowsThatAreAddedToEitherOutputAreInThePicture() throws Exception {
    Path raw = folder.resolve("raw");
    Path reduced = folder.resolve("reduced");
    try (Viewer viewer = open(raw, reduced)) {
      assertEquals(0, viewer.picture().originals());
      append(raw, line(reading(2, 1)));
      assertEquals(1, viewer.readUntil(picture -> picture.originals() > 0, LONG).originals());
      append(raw, "no row\n" + line(reading(7, 2)));
      append(reduced, line(window(5, 1)));
      Picture both =
          viewer.readUntil(
              // A row is counted when it is in the picture already.
              picture -> picture.originals() == 2 && picture.status().rows() == 3,
              LONG);
      assertEquals(1, both.means());
      assertEquals(1, both.status().badLines());
    }
  }

  @Test
  void aPictureThatIsNotThereInTimeIsAnErrorThatSaysWhatIsThere() throws Exception {
    try (Viewer viewer = open(folder.resolve("raw"), folder.resolve("reduced"))) {
      var e =
          assertThrows(
              CommandException.class,
              () -> viewer.readUntil(picture -> false, Duration.ofMillis(20)));
      assertEquals(
          "no such picture within 20 ms; the last had 0 readings and 0 windows", e.getMessage());
    }
  }

  @Test
  void anOutputThatCannotBeReadIsReportedAndTheOtherIsStillRead() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    Path reduced = folder.resolve("reduced");
    try (Viewer viewer = open(file, reduced)) {
      append(reduced, line(window(5, 1)));
      Picture picture =
          viewer.readUntil(
              each -> each.means() == 1 && !each.status().sources().get(0).detail().isEmpty(),
              LONG);
      assertEquals(file + " is not a folder", picture.status().sources().get(0).detail());
      assertEquals(OutputState.WAITING, picture.status().sources().get(0).state());
      assertEquals(OutputState.LIVE, picture.status().sources().get(1).state());
    }
  }

  @Test
  void aSnapshotIsAPngOfThePresentPicture() throws Exception {
    Path png = folder.resolve("picture.png");
    try (Viewer viewer = open(folder.resolve("raw"), folder.resolve("reduced"))) {
      viewer.writeSnapshot(PlotStyle.DEFAULT, png);
      assertNotNull(ImageIO.read(png.toFile()));
      Path nowhere = folder.resolve("none").resolve("picture.png");
      assertThrows(CommandException.class, () -> viewer.writeSnapshot(PlotStyle.DEFAULT, nowhere));
    }
  }

  @Test
  void withoutADisplayThereIsNoWindow() throws Exception {
    try (Viewer viewer = open(folder.resolve("raw"), folder.resolve("reduced"))) {
      assertThrows(CommandException.class, () -> viewer.showWindow(PlotStyle.DEFAULT));
      viewer.awaitWindowClosed();
    }
  }

  @Test
  void theHistoryOfASeriesThatIsPickedIsReadAgain() throws Exception {
    Path raw = folder.resolve("raw");
    Path reduced = folder.resolve("reduced");
    var rows = new StringBuilder();
    var means = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      for (int second = 1; second <= 3; second++) {
        rows.append(line(reading(device("s" + (10 + i)), second + i / 100.0, i)));
      }
      means.append(line(window(device("s" + (10 + i)), 5, i)));
    }
    append(raw, rows.toString());
    append(reduced, means.toString());
    try (Viewer viewer = open(raw, reduced)) {
      var unused = viewer.readUntil(picture -> picture.status().rows() == 200, LONG);
      var picked = new Selection.Picked(Map.of("device=s59", 1));
      Picture picture = viewer.model().picture(ALL, picked);
      assertEquals(0, picture.originals() + picture.means(), "its rows were not kept");
      while (picture.originals() < 3) { // The time limit ends it.
        Thread.onSpinWait();
        picture = viewer.model().picture(ALL, picked);
      }
      assertEquals(49, picture.series().get(0).means().get(0).mean().avg());
      assertEquals(200, picture.status().rows());
    }
  }

  @Test
  void aPictureOfWhatIsThereHasTheSeriesOfTheGreatestSpread() throws Exception {
    Path raw = folder.resolve("raw");
    Path reduced = folder.resolve("reduced");
    for (int i = 10; i < 60; i++) {
      append(raw, line(reading(device("s" + i), 1 + i / 100.0, i)));
      append(raw, line(reading(device("s" + i), 2 + i / 100.0, i)));
      append(reduced, line(spread(window(device("s" + i), 5, 50), i)));
    }
    var outputs = outputs(raw, reduced);
    Picture picture = outputs.pictureNow(ALL, new Selection.Matching(List.of("s?7", "s?8"), 3));
    assertEquals(
        List.of("device=s48", "device=s57", "device=s58"),
        picture.series().stream().map(SeriesPicture::name).toList());
    assertEquals(6, picture.originals());
    assertEquals(3, picture.means());
    Picture all = outputs.pictureNow(ALL, Selection.Picked.allReadings());
    assertEquals(100, all.originals());
  }

  private static WindowSummary spread(WindowSummary row, double spread) {
    double mean = row.avgValue();
    return new WindowSummary(
        row.window(),
        Objects.requireNonNull(row.series()),
        row.count(),
        Rows.values(mean, mean - spread, mean + spread, 1),
        row.pane(),
        row.version());
  }

  private static FollowedOutputs outputs(Path raw, Path reduced) {
    return new FollowedOutputs(
        new Location.Files(raw.toString()), new Location.Files(reduced.toString()), null, null);
  }

  private static Viewer open(Path raw, Path reduced) {
    return Viewer.open(outputs(raw, reduced), new VisibleSpan.LastReadings(90));
  }

  private static void append(Path folder, String text) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("a.jsonl"), text, CREATE, APPEND);
  }
}
