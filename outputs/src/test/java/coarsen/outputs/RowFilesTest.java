package coarsen.outputs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import coarsen.command.CommandException;
import coarsen.command.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowFilesTest {
  @TempDir private Path folder;
  private final CollectedRows collected = new CollectedRows();

  @Test
  void allVisibleFilesAreReadInTheOrderOfTheirNames() throws IOException {
    write("b.jsonl", "3\n");
    write("a.jsonl", "1\n2\n");
    write(".c.jsonl", "hidden\n");
    write("a.jsonl.tmp", "other\n");
    write("notes.txt", "other\n");
    Files.createDirectory(folder.resolve("folder.jsonl"));
    assertEquals(List.of("1", "2", "3"), readAll());
  }

  @Test
  void blankLinesAreSkippedAndLinesMayEndAsOnWindows() throws IOException {
    write("a.jsonl", "1\r\n\r\n\n2\n");
    assertEquals(List.of("1", "2"), readAll());
  }

  @Test
  void anUnfinishedLastLineIsNotARow() throws IOException {
    write("a.jsonl", "1\nha");
    write("b.jsonl", "lf\n2\n");
    assertEquals(List.of("1", "lf", "2"), readAll());
  }

  @Test
  void aLineOfMoreThanAMebibyteIsTruncatedAndTheNextIsWhole() throws IOException {
    write("a.jsonl", "x".repeat(RowLimit.MAX_BYTES + 100_000) + "\n1\n");
    List<String> rows = readAll();
    assertEquals(RowLimit.MAX_BYTES, rows.get(0).length());
    assertEquals(List.of("1"), rows.subList(1, rows.size()));
  }

  @Test
  void linesThatAreSplitByChunksAreWhole() throws IOException {
    List<String> lines = IntStream.range(0, 100_000).mapToObj(Integer::toString).toList();
    Files.write(folder.resolve("a.jsonl"), lines, UTF_8);
    assertEquals(lines, readAll());
  }

  @Test
  void anEmptyFolderHasNoRows() throws IOException {
    assertEquals(List.of(), readAll());
  }

  @Test
  void filesThatVanishMeanwhileAreSkipped() throws IOException {
    RowFiles.readAll(
        new RowFolder() {
          @Override
          public List<String> names() {
            return List.of("c.jsonl", "b.jsonl", "a.jsonl");
          }

          @Override
          public InputStream open(String name) throws IOException {
            switch (name) {
              case "a.jsonl" -> throw new NoSuchFileException(name);
              case "b.jsonl" -> throw new FileNotFoundException(name);
              default -> {
                return new ByteArrayInputStream("1\n".getBytes(UTF_8));
              }
            }
          }
        },
        collected);
    assertEquals(List.of("1"), collected.take());
  }

  @Test
  void aFolderThatIsNotThereCannotBeRead() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    for (Path missing : List.of(folder.resolve("none"), file)) {
      var e =
          assertThrows(
              CommandException.class,
              () ->
                  Tails.readNow(
                      new Location.Files(missing.toString()), null, Tails.EVERYTHING, collected));
      assertEquals("there is no folder " + missing, e.getMessage());
      assertEquals(ExitCode.UNAVAILABLE, e.exitCode());
    }
  }

  private List<String> readAll() throws IOException {
    RowFiles.readAll(new LocalRowFolder(folder), collected);
    return collected.take();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
