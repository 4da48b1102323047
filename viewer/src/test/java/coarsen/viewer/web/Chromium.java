package coarsen.viewer.web;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A headless browser with its own profile, which can reach only this machine. */
final class Chromium implements AutoCloseable {
  private static final String LISTENING = "DevTools listening on ws://";

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final String devTools;

  private Chromium(Process process, String devTools) {
    this.process = process;
    this.devTools = devTools;
  }

  /** The executable, if it is installed. */
  static Optional<Path> program() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(path.split(File.pathSeparator))
        .flatMap(
            folder ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts the browser.
   *
   * @param profile a folder for its files
   */
  static Chromium start(Path profile) throws IOException {
    var builder =
        new ProcessBuilder(
                program().orElseThrow().toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--no-default-browser-check",
                "--no-proxy-server",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                "--remote-debugging-port=0",
                "--remote-allow-origins=*",
                "--window-size=1100,720",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true);
    builder.environment().put("TMPDIR", profile.toString()); // Or it would leave a folder in /tmp.
    Process process = builder.start();
    var output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    var lines = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(LISTENING)) {
        drain(output);
        return new Chromium(process, line.substring(LISTENING.length()).split("/", 2)[0]);
      }
      lines.append(line).append('\n');
    }
    throw new IOException("Chromium did not start:\n" + lines);
  }

  /** Opens a page in a new tab and waits until it is loaded. */
  Tab open(URI address) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://" + devTools + "/json/new?about:blank"))
            .method("PUT", HttpRequest.BodyPublishers.noBody())
            .build();
    String answer = client.send(request, BodyHandlers.ofString()).body();
    var tab = new Tab(client, Tab.JSON.readTree(answer).get("webSocketDebuggerUrl").asText());
    tab.go(address);
    return tab;
  }

  @Override
  public void close() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    process.onExit().completeOnTimeout(process, 5, TimeUnit.SECONDS).join();
    process.destroyForcibly().onExit().join();
    children.forEach(ProcessHandle::destroyForcibly);
    children.forEach(child -> child.onExit().join());
  }

  /** Discards the output, or the browser would block on a full pipe. */
  private static void drain(BufferedReader reader) {
    var thread =
        new Thread(
            () -> {
              try (reader) {
                while (reader.readLine() != null) {
                  // No test looks at it.
                }
              } catch (IOException e) {
                // The browser has ended.
              }
            },
            "chromium-output");
    thread.setDaemon(true);
    thread.start();
  }
}
