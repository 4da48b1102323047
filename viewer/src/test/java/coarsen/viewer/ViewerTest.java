package coarsen.viewer;

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
import coarsen.viewer.model.OutputState;
import coarsen.viewer.model.Picture;
import coarsen.viewer.model.VisibleSpan;
import coarsen.viewer.plot.PlotStyle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ViewerTest {
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
              picture -> picture.originals() == 2 && picture.status().rows() == 3, LONG);
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

  private static Viewer open(Path raw, Path reduced) {
    return Viewer.open(
        new FollowedOutputs(
            new Location.Files(raw.toString()), new Location.Files(reduced.toString()), null, null),
        new VisibleSpan.LastReadings(90));
  }

  private static void append(Path folder, String text) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("a.jsonl"), text, CREATE, APPEND);
  }
}
