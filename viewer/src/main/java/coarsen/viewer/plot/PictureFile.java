package coarsen.viewer.plot;

import coarsen.command.CommandException;
import coarsen.viewer.model.Picture;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes pictures to files; needs no display. */
public final class PictureFile {
  private PictureFile() {}

  /** Whether a file's name ends with a known format: {@code .png} or {@code .svg}. */
  public static boolean isNamed(Path file) {
    return isSvg(file) || name(file).endsWith(".png");
  }

  /**
   * Writes a picture of 1000 by 600 pixels in the format that the file's name ends with. The file
   * is replaced atomically, so nobody reads half a picture.
   *
   * @throws CommandException if the file can't be written
   */
  public static void write(Picture picture, PlotStyle style, Path file) {
    var plots = new Plots(style);
    plots.show(picture);
    write(plots, Plots.WIDTH, Plots.HEIGHT, file);
  }

  /**
   * Writes what plots show, in the format that the file's name ends with.
   *
   * @throws CommandException if the file can't be written
   */
  public static void write(Plots plots, int width, int height, Path file) {
    replace(file, isSvg(file) ? svg(plots, width, height) : png(plots, width, height));
  }

  /**
   * Replaces a file atomically.
   *
   * @throws CommandException if it can't be written
   */
  public static void replace(Path file, byte[] content) {
    Path whole = file.toAbsolutePath();
    Path unfinished = whole.resolveSibling("." + file.getFileName() + ".unfinished");
    try {
      try {
        Files.write(unfinished, content);
        Files.move(
            unfinished, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(unfinished);
      }
    } catch (IOException e) {
      throw CommandException.failed("can't write " + file + ": " + e, e);
    }
  }

  /** What plots show, as PNG. */
  public static byte[] png(Plots plots, int width, int height) {
    var bytes = new ByteArrayOutputStream();
    // ImageIO's default stream adds a shutdown hook, which fails while the JVM shuts down.
    try (var stream = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(image(plots, width, height), "png", stream)) {
        throw new IOException("this Java has no PNG writer");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** What plots show, as SVG. */
  public static byte[] svg(Plots plots, int width, int height) {
    var graphics = new VectorGraphics2D();
    plots.paint(graphics, width, height);
    var bytes = new ByteArrayOutputStream();
    try {
      new SVGProcessor()
          .getDocument(graphics.getCommands(), new PageSize(0, 0, width, height))
          .writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static BufferedImage image(Picture picture, PlotStyle style) {
    var plots = new Plots(style);
    plots.show(picture);
    return image(plots, Plots.WIDTH, Plots.HEIGHT);
  }

  private static BufferedImage image(Plots plots, int width, int height) {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    plots.paint(graphics, width, height);
    graphics.dispose();
    return image;
  }

  private static boolean isSvg(Path file) {
    return name(file).endsWith(".svg");
  }

  private static String name(Path file) {
    return file.toString().toLowerCase(Locale.ROOT);
  }
}
