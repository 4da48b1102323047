package coarsen.engines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** A search that finds nothing proves something only if it would have found what is there. */
class CanariesTest {
  private static final String SECRET = UUID.randomUUID().toString().replace("-", "");
  private final Canaries canaries = new Canaries(Map.of("password", SECRET));

  @TempDir Path folder;

  private static void assertFound(String what, Executable search) {
    String message = String.valueOf(assertThrows(AssertionError.class, search).getMessage());
    assertTrue(message.contains("has the " + what + ": "), message);
  }

  @Test
  void aSecretIsFoundInATextAlsoInBase64WithOtherBytesAround() {
    assertDoesNotThrow(() -> canaries.assertNoneIn("text", SECRET.substring(1)));
    assertFound("password", () -> canaries.assertNoneIn("text", "a=" + SECRET + "\n"));
    for (String before : new String[] {"", "a", "ab", "abc", "\0alice\0"}) {
      for (String after : new String[] {"", "x", "xy", "xyz"}) {
        byte[] bytes = (before + SECRET + after).getBytes(UTF_8);
        String encoded = Base64.getEncoder().encodeToString(bytes);
        assertFound("password in base64", () -> canaries.assertNoneIn("text", encoded));
      }
    }
  }

  @Test
  void aSecretIsFoundInAFile() throws Exception {
    Path file = Files.createDirectories(folder.resolve("a/b")).resolve("c");
    Files.write(file, new byte[] {-1, 0});
    canaries.assertNoneIn(folder);
    Files.writeString(file, "\0" + SECRET);
    assertFound("password", () -> canaries.assertNoneIn(folder));
  }

  @Test
  void aSecretIsFoundInTheArgumentsAndInTheEnvironmentOfAProcess() throws Exception {
    canaries.assertNoneInProcesses("java");
    assertThrows(AssertionError.class, () -> canaries.assertNoneInProcesses("no such " + folder));
    for (boolean argument : new boolean[] {true, false}) {
      var builder = new ProcessBuilder("sh", "-c", "read line", argument ? SECRET : "");
      if (!argument) {
        builder.environment().put("PASSWORD", SECRET);
      }
      Process process = builder.start();
      try {
        assertFound("password", () -> canaries.assertNoneInProcesses());
      } finally {
        process.destroy();
        process.waitFor();
      }
    }
  }

  @Test
  void aSecretIsFoundInAPageAndAPageThatIsNotThereOrSaysNothingFails() throws Exception {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          byte[] page = (path.equals("/leak") ? SECRET : path.substring(1)).getBytes(UTF_8);
          exchange.sendResponseHeaders(path.equals("/none") ? 404 : 200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    server.start();
    try {
      var pages = new Pages("http://127.0.0.1:" + server.getAddress().getPort(), canaries);
      String unused = pages.get("/good", "good");
      assertFound("password", () -> pages.get("/leak"));
      assertThrows(AssertionError.class, () -> pages.get("/none"));
      assertThrows(AssertionError.class, () -> pages.get("/good", "bad"));
      assertThrows(AssertionError.class, () -> pages.get("/"));
    } finally {
      server.stop(0);
    }
  }
}
