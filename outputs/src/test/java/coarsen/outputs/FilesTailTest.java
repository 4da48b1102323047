package coarsen.outputs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesTailTest {
  @TempDir private Path parent;
  private Path folder;
  private FilesTail tail;
  private final CollectedRows collected = new CollectedRows();

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectory(parent.resolve("raw"));
    tail = new FilesTail(folder, () -> 0);
  }

  @Test
  void newFilesAreRead() throws IOException {
    append("a.jsonl", "1\n2\n");
    assertEquals(List.of("1", "2"), poll());
    append("b.jsonl", "3\n");
    assertEquals(List.of("3"), poll());
    assertEquals(List.of(), poll());
  }

  @Test
  void whatAFileGrowsByIsReadOnce() throws IOException {
    append("a.jsonl", "1\n");
    assertEquals(List.of("1"), poll());
    append("a.jsonl", "2\n3\n");
    assertEquals(List.of("2", "3"), poll());
  }

  @Test
  void halfALastLineIsKeptUntilTheOtherHalfComes() throws IOException {
    append("a.jsonl", "1\n{\"half");
    append("b.jsonl", "other\n");
    assertEquals(List.of("1", "other"), poll());
    append("a.jsonl", " of");
    assertEquals(List.of(), poll());
    append("a.jsonl", " it\"}\nnext\n");
    assertEquals(List.of("{\"half of it\"}", "next"), poll());
  }

  @Test
  void linesMayEndAsOnWindowsAndBlankOnesAreSkipped() throws IOException {
    append("a.jsonl", "1\r\n\r\n\n2\r");
    assertEquals(List.of("1"), poll());
    append("a.jsonl", "\n");
    assertEquals(List.of("2"), poll());
  }

  @Test
  void aTruncatedFileIsReadAgainFromItsStart() throws IOException {
    append("a.jsonl", "1\n2\n3\nha");
    assertEquals(List.of("1", "2", "3"), poll());
    Files.writeString(folder.resolve("a.jsonl"), "4\n");
    assertEquals(List.of("4"), poll());
  }

  @Test
  void aFileThatIsReplacedByALongerOneIsReadFromItsStart() throws IOException {
    append("a.jsonl", "1\n2\n");
    assertEquals(List.of("1", "2"), poll());
    Path other = parent.resolve("other");
    Files.writeString(other, "5\n6\n7\n");
    Files.move(other, folder.resolve("a.jsonl"), StandardCopyOption.REPLACE_EXISTING);
    assertEquals(List.of("5", "6", "7"), poll());
  }

  @Test
  void aVanishedFileIsForgottenAndItsNameMayComeAgain() throws IOException {
    append("a.jsonl", "1\nha");
    assertEquals(List.of("1"), poll());
    Files.delete(folder.resolve("a.jsonl"));
    assertEquals(List.of(), poll());
    append("a.jsonl", "1\n2\n");
    assertEquals(List.of("1", "2"), poll());
  }

  @Test
  void aFileThatVanishesBetweenTheScanAndTheReadingIsForgotten() throws IOException {
    String many = "x".repeat(999) + "\n";
    append("a.jsonl", many.repeat(5_000)); // More than one poll reads.
    append("b.jsonl", "1\n");
    int first = poll().size();
    assertTrue(first < 5_000);
    Files.delete(folder.resolve("b.jsonl"));
    assertEquals(5_000, first + pollAll().size());
    assertEquals("", tail.missing());
  }

  @Test
  void aFolderThatAppearsLaterIsWaitedFor() throws IOException {
    Files.delete(folder);
    assertEquals(List.of(), poll());
    assertEquals("there is no folder " + folder, tail.missing());
    Files.createDirectory(folder);
    append("a.jsonl", "1\n");
    assertEquals(List.of("1"), poll());
    assertEquals("", tail.missing());
  }

  @Test
  void anEmptyFolderIsNotMissing() {
    assertEquals(List.of(), poll());
    assertEquals("", tail.missing());
  }

  @Test
  void unfinishedFilesAndOtherNamesAreIgnoredUntilTheyAreRenamed() throws IOException {
    append(".a.jsonl", "1\n");
    append("a.jsonl.tmp", "1\n");
    append("notes.txt", "1\n");
    Files.createDirectory(folder.resolve("folder.jsonl"));
    assertEquals(List.of(), poll());
    Files.move(folder.resolve(".a.jsonl"), folder.resolve("a.jsonl"));
    assertEquals(List.of("1"), poll());
  }

  @Test
  void aLineLongerThanAChunkIsOneRow() throws IOException {
    String line = "x".repeat(3 * FilesTail.CHUNK_BYTES + 7);
    append("a.jsonl", line + "\n1\n");
    assertEquals(List.of(line, "1"), poll());
  }

  @Test
  void aLineOfMoreThanAMebibyteIsTruncatedAndTheNextIsWhole() throws IOException {
    append("a.jsonl", "x".repeat(RowLimit.MAX_BYTES + 100_000) + "\n1\n");
    List<String> rows = poll();
    assertEquals(RowLimit.MAX_BYTES, rows.get(0).length());
    assertEquals(List.of("1"), rows.subList(1, rows.size()));
  }

  @Test
  void onePollReadsABoundedPartOfALargeFile() throws IOException {
    List<String> lines = IntStream.range(0, 1_000_000).mapToObj(Integer::toString).toList();
    Files.write(folder.resolve("a.jsonl"), lines, UTF_8);
    List<String> first = poll();
    assertTrue(first.size() < lines.size());
    var all = new ArrayList<>(first);
    all.addAll(pollAll());
    assertEquals(lines, all);
  }

  @Test
  void whatIsAddedAfterTheScanIsNotPartOfTheRound() throws IOException {
    append("a.jsonl", "1\n");
    RowHandler addsAnother =
        (bytes, offset, length) -> {
          collected.row(bytes, offset, length);
          uncheckedAppend("a.jsonl", "2\n");
        };
    tail.poll(addsAnother);
    assertEquals(List.of("1"), collected.take());
    assertEquals(List.of("2"), poll());
  }

  @Test
  void aFileInPlaceOfTheFolderIsReportedAndNamed() throws IOException {
    Path file = Files.writeString(parent.resolve("file"), "");
    var other = new FilesTail(file, () -> 0);
    assertEquals(0, other.poll(collected));
    assertEquals(file + " is not a folder", other.missing());
  }

  @Test
  void aFolderThatVanishesIsReportedAndReadFurtherWhenItIsBack() throws IOException {
    append("a.jsonl", "1\n");
    assertEquals(List.of("1"), poll());
    Path away = parent.resolve("away");
    Files.move(folder, away);
    assertEquals(List.of(), poll());
    assertEquals("there is no folder " + folder, tail.missing());
    Files.writeString(away.resolve("a.jsonl"), "2\n", APPEND);
    Files.move(away, folder);
    assertEquals(List.of("2"), poll());
    assertEquals("", tail.missing());
  }

  @Test
  void aFileThatIsRotatedIsContinuedUnderItsNewNameAndReadOnce() throws IOException {
    append("a.jsonl", "1\n");
    assertEquals(List.of("1"), poll());
    append("a.jsonl", "2\n");
    Files.move(folder.resolve("a.jsonl"), folder.resolve("a.jsonl.1"));
    append("a.jsonl", "3\n");
    assertEquals(Set.of("2", "3"), Set.copyOf(poll()));
    append("a.jsonl.1", "4\n");
    append("a.jsonl", "5\n");
    assertEquals(Set.of("4", "5"), Set.copyOf(poll()));
  }

  @Test
  void aFileThatIsRenamedToAnotherVisibleNameIsNotReadAgain() throws IOException {
    append("a.jsonl", "1\n2\n");
    assertEquals(List.of("1", "2"), poll());
    Files.move(folder.resolve("a.jsonl"), folder.resolve("b.jsonl"));
    assertEquals(List.of(), poll());
    append("b.jsonl", "3\n");
    assertEquals(List.of("3"), poll());
  }

  @Test
  void aHiddenFileThatReusesTheInodeOfADeletedOneIsNotRead() throws IOException {
    append("a.jsonl", "1\n");
    assertEquals(List.of("1"), poll());
    Files.delete(folder.resolve("a.jsonl"));
    append(".b.jsonl", "not yet\n");
    assertEquals(List.of(), poll());
    Files.move(folder.resolve(".b.jsonl"), folder.resolve("b.jsonl"));
    assertEquals(List.of("not yet"), poll());
  }

  @Test
  void aScanThatTookLongIsNotRepeatedAtOnce() throws IOException {
    var clock = new long[1];
    tail = new FilesTail(folder, () -> clock[0] += 100);
    poll();
    append("a.jsonl", "1\n");
    assertEquals(List.of(), poll());
    clock[0] += 1_000;
    assertEquals(List.of("1"), poll());
  }

  private List<String> poll() {
    int rows = tail.poll(collected);
    List<String> taken = collected.take();
    assertEquals(rows, taken.size());
    return taken;
  }

  private List<String> pollAll() {
    var all = new ArrayList<String>();
    for (List<String> rows = poll(); !rows.isEmpty(); rows = poll()) {
      all.addAll(rows);
    }
    return all;
  }

  private void append(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text, CREATE, APPEND);
  }

  private void uncheckedAppend(String name, String text) {
    try {
      append(name, text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
