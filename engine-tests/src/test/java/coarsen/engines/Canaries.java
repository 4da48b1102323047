package coarsen.engines;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Secrets that nothing may show, neither as they are nor in base64. */
final class Canaries {
  /** What each form is of. */
  private final Map<String, String> forms = new TreeMap<>();

  /**
   * @param secrets by what they are; letters and digits, which no page or log escapes
   */
  Canaries(Map<String, String> secrets) {
    secrets.forEach(
        (name, secret) -> {
          forms.put(secret, name);
          for (int before = 0; before < 3; before++) {
            forms.put(base64(secret, before), name + " in base64");
          }
        });
  }

  /** What base64 always makes of a text after so many other bytes, whatever they and the next. */
  private static String base64(String text, int before) {
    byte[] bytes = ("\0".repeat(before) + text).getBytes(UTF_8);
    String encoded = Base64.getEncoder().encodeToString(bytes);
    return encoded.substring((before * 8 + 5) / 6, bytes.length * 8 / 6);
  }

  /** Asserts that a text has none of them. */
  void assertNoneIn(String place, String text) {
    forms.forEach(
        (form, name) -> {
          int at = text.indexOf(form);
          assertEquals(
              -1,
              at,
              () ->
                  "%s has the %s: %s"
                      .formatted(
                          place,
                          name,
                          text.substring(
                              Math.max(0, at - 200), Math.min(text.length(), at + 100))));
        });
  }

  /** Asserts that no file in a folder has one; the engines' JVMs may delete files meanwhile. */
  void assertNoneIn(Path folder) throws IOException {
    Files.walkFileTree(folder, new Search());
  }

  /** Asserts that no argument or environment of a process of this user has one. */
  void assertNoneInProcesses(String... expected) throws IOException {
    var all = new StringBuilder();
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path process : processes.filter(Canaries::isProcess).toList()) {
        for (String file : new String[] {"cmdline", "environ"}) {
          try {
            String text = Files.readString(process.resolve(file), ISO_8859_1);
            assertNoneIn(process.resolve(file).toString(), text);
            all.append(text);
          } catch (IOException e) {
            // It has ended, or is another user's.
          }
        }
      }
    }
    for (String text : expected) {
      assertTrue(all.indexOf(text) >= 0, () -> "no process has " + text);
    }
  }

  private static boolean isProcess(Path file) {
    return file.getFileName().toString().matches("[0-9]+");
  }

  private final class Search extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      try {
        if (!file.toString().endsWith(".jar")) {
          assertNoneIn(file.toString(), Files.readString(file, ISO_8859_1));
        }
      } catch (NoSuchFileException e) {
        // It was the engine's.
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException e) {
      return FileVisitResult.CONTINUE;
    }
  }
}
