package coarsen.outputs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FolderNamesTest {
  @TempDir Path folder;

  private static boolean same(String a, String b) {
    boolean same = new Location.Files(a).isSamePlaceAs(new Location.Files(b));
    assertEquals(same, new Location.Files(b).isSamePlaceAs(new Location.Files(a)));
    return same;
  }

  @ParameterizedTest
  @ValueSource(strings = {"out", "out/", "./out", "out/.", "x/../out", "out//"})
  void aFolderHasManySpellings(String spelling) {
    assertTrue(same("out", spelling));
    assertTrue(same(Path.of("out").toAbsolutePath().toString(), spelling));
    assertTrue(same(Path.of("out").toUri().toString(), spelling));
    assertFalse(same("out2", spelling));
    assertFalse(same("out/out", spelling));
  }

  @Test
  void symbolicLinksAreFollowedAsFarAsFoldersExist() throws IOException {
    Path real = Files.createDirectory(folder.resolve("real"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    assertTrue(same(real.toString(), link.toString()));
    assertTrue(same(real.resolve("a/b").toString(), link.resolve("a/b/").toString()));
    assertFalse(same(real.resolve("a").toString(), link.resolve("b").toString()));
  }

  @ParameterizedTest
  @CsvSource({
    "hdfs://host/out, hdfs://host/out/, true",
    "hdfs://host/out, hdfs://host/x/../out, true",
    "hdfs://host/out, hdfs://host/other, false",
    "hdfs://host/out, s3://host/out, false",
    "hdfs://host/a b, hdfs://host/a b, true",
    "hdfs://host/out, /out, false"
  })
  void inOtherFileSystemsNamesAreCompared(String a, String b, boolean expected) {
    assertEquals(expected, same(a, b));
  }

  @Test
  void aTopicIsNeverAFolder() {
    assertFalse(new Location.Topic("out").isSamePlaceAs(new Location.Files("out")));
    assertTrue(new Location.Topic("out").isSamePlaceAs(new Location.Topic("out")));
  }
}
