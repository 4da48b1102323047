package coarsen.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.command.Commands;
import coarsen.command.ExitCode;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first command that a new user tries. */
class DemoCommandIT {
  @TempDir Path folder;

  @Test
  void theDemoDrawsBothSeriesAndPrintsTheRowsAndLeavesNothingBehind() throws Exception {
    Set<Path> before = temporaryFolders();
    Path picture = folder.resolve("plot.png");
    var out = new ByteArrayOutputStream();
    PrintStream original = System.out;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    int exitCode;
    try {
      exitCode =
          Commands.run(
              new DemoCommand(),
              "--rate=50",
              "--seconds=16",
              "--points=700",
              "--show=none",
              "--snapshot=" + picture);
    } finally {
      System.setOut(original);
    }
    String printed = out.toString(StandardCharsets.UTF_8);
    assertEquals(ExitCode.OK, exitCode, printed);
    assertTrue(printed.contains("0 late: in no window"), printed);
    long windows = printed.lines().filter(line -> line.contains("ON_TIME")).count();
    assertTrue(windows >= 2, printed);
    BufferedImage image = ImageIO.read(picture.toFile());
    assertTrue(coloredPixels(image, true) > 1_000, "readings are blue");
    assertTrue(coloredPixels(image, false) > 30, "reduced rows are red");
    assertEquals(before, temporaryFolders());
  }

  @Test
  void wrongOptionsAreRejectedBeforeAnythingStarts() {
    assertEquals(ExitCode.USAGE, Commands.run(new DemoCommand(), "--rate=0"));
    assertEquals(ExitCode.USAGE, Commands.run(new DemoCommand(), "--seconds=0"));
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

  private static Set<Path> temporaryFolders() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("coarsen"))
          .collect(Collectors.toSet());
    }
  }
}
