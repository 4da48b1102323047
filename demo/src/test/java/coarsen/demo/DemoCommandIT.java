package coarsen.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.command.Commands;
import coarsen.command.ExitCode;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first command that a new user tries. */
class DemoCommandIT {
  @TempDir Path folder;

  @Test
  void theDemoDrawsBothSeriesAndPrintsTheRowsAndLeavesNothingBehind() throws Exception {
    Path picture = folder.resolve("plot.png");
    // Its own, because others on this machine may run a demo, too.
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    Path output = folder.resolve("output.log");
    Process demo =
        ChildJvm.start(
            output,
            "-Djava.io.tmpdir=" + temporary,
            DemoCommand.class.getName(),
            "--rate=50",
            "--seconds=16",
            "--points=700",
            "--show=none",
            "--snapshot=" + picture);
    try {
      assertTrue(demo.waitFor(2, TimeUnit.MINUTES), "it takes too long");
    } finally {
      demo.destroyForcibly();
    }
    String printed = Files.readString(output);
    assertEquals(ExitCode.OK, demo.exitValue(), printed);
    assertTrue(printed.contains("0 late: in no window"), printed);
    long windows = printed.lines().filter(line -> line.contains("ON_TIME")).count();
    assertTrue(windows >= 2, printed);
    BufferedImage image = ImageIO.read(picture.toFile());
    assertTrue(coloredPixels(image, true) > 1_000, "readings are blue");
    assertTrue(coloredPixels(image, false) > 30, "reduced rows are red");
    try (Stream<Path> left = Files.list(temporary)) {
      assertEquals(
          List.of(),
          left.filter(file -> file.getFileName().toString().startsWith("coarsen")).toList());
    }
  }

  @Test
  void wrongOptionsAreRejectedBeforeAnythingStarts() {
    assertEquals(ExitCode.USAGE, Commands.run(new DemoCommand(), "--rate=0"));
    assertEquals(ExitCode.USAGE, Commands.run(new DemoCommand(), "--seconds=0"));
    assertEquals(ExitCode.USAGE, Commands.run(new DemoCommand(), "--series=0"));
    assertEquals(ExitCode.USAGE, Commands.run(new DemoCommand(), "--points=0"));
    assertEquals(ExitCode.USAGE, Commands.run(new DemoCommand(), "--show=paper"));
    assertEquals(
        ExitCode.USAGE, Commands.run(new DemoCommand(), "--snapshot=" + folder.resolve("a/b.png")));
  }

  private static long coloredPixels(BufferedImage image, boolean blue) {
    long count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        var color = new Color(image.getRGB(x, y));
        int difference = color.getBlue() - color.getRed();
        if (blue ? difference > 100 : difference < -100) {
          count++;
        }
      }
    }
    return count;
  }
}
