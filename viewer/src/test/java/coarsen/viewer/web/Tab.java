package coarsen.viewer.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;

/** A browser tab, controlled with Chromium's DevTools protocol. */
final class Tab implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  private static final int TIMEOUT_SECONDS = 30;

  private final WebSocket socket;
  private final AtomicInteger calls = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();

  private final Map<String, String> saving = new ConcurrentHashMap<>();
  private final BlockingQueue<String> saved = new LinkedBlockingQueue<>();

  /** The addresses of all requests of the page, successful or not. */
  final List<String> requests = new CopyOnWriteArrayList<>();

  /** Errors of the page, and violations of its policy. */
  final List<String> complaints = new CopyOnWriteArrayList<>();

  Tab(HttpClient client, String devTools) throws Exception {
    socket = client.newWebSocketBuilder().buildAsync(URI.create(devTools), new Listener()).get();
    call("Page.enable", Map.of());
    call("Network.enable", Map.of());
    call("Runtime.enable", Map.of());
    call("Log.enable", Map.of());
  }

  void go(URI address) throws Exception {
    call("Page.navigate", Map.of("url", address.toString()));
    await("document.readyState === 'complete' && location.href === '" + address + "'");
  }

  /** The value of a script; promises are awaited. */
  JsonNode evaluate(String script) throws Exception {
    JsonNode result =
        call(
            "Runtime.evaluate",
            Map.of("expression", script, "awaitPromise", true, "returnByValue", true));
    if (result.has("exceptionDetails")) {
      throw new AssertionError(script + ": " + result.get("exceptionDetails"));
    }
    return result.path("result").path("value");
  }

  /** Waits until a condition holds in the page. */
  void await(String condition) throws Exception {
    String script =
        "new Promise(done => { const end = Date.now() + %d; const look = () => (%s) ? done('')"
            + " : Date.now() > end ? done(document.body.innerText) : setTimeout(look, 20);"
            + " look(); })";
    String text = evaluate(script.formatted((TIMEOUT_SECONDS - 10) * 1000, condition)).asText();
    if (!text.isEmpty()) {
      throw new AssertionError("never: " + condition + "\n" + text + "\n" + complaints);
    }
  }

  /** The text of the elements that match a selector. */
  String text(String selector) throws Exception {
    return evaluate(
            "[...document.querySelectorAll('"
                + selector
                + "')].map(each => each.innerText).join(' | ')")
        .asText();
  }

  /** Presses a key, given by its name or its character. */
  void press(String key) throws Exception {
    String text = key.length() == 1 ? key : "";
    call("Input.dispatchKeyEvent", Map.of("type", "keyDown", "key", key, "text", text));
    call("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key));
  }

  void move(double x, double y) throws Exception {
    mouse("mouseMoved", x, y, "none");
  }

  void click(double x, double y) throws Exception {
    move(x, y);
    mouse("mousePressed", x, y, "left");
    mouse("mouseReleased", x, y, "left");
  }

  void drag(double fromX, double toX, double y) throws Exception {
    move(fromX, y);
    mouse("mousePressed", fromX, y, "left");
    mouse("mouseMoved", (fromX + toX) / 2, y, "left");
    mouse("mouseMoved", toX, y, "left");
    mouse("mouseReleased", toX, y, "left");
  }

  private void mouse(String type, double x, double y, String button) throws Exception {
    call(
        "Input.dispatchMouseEvent",
        Map.of(
            "type",
            type,
            "x",
            x,
            "y",
            y,
            "button",
            button,
            "buttons",
            button.equals("left") ? 1 : 0,
            "clickCount",
            1));
  }

  void prefer(String scheme) throws Exception {
    call(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** Presses a key that saves a file, and waits for that file. */
  Path save(String key, Path folder) throws Exception {
    call(
        "Browser.setDownloadBehavior",
        Map.of("behavior", "allow", "downloadPath", folder.toString(), "eventsEnabled", true));
    press(key);
    String name = saved.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    if (name == null) {
      throw new AssertionError("nothing was saved with " + key + "\n" + complaints);
    }
    return folder.resolve(name);
  }

  BufferedImage screenshot() throws Exception {
    String data = call("Page.captureScreenshot", Map.of("format", "png")).get("data").asText();
    return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(data)));
  }

  /** Closes the tab in the browser. */
  @Override
  public void close() {
    try {
      call("Page.close", Map.of());
    } catch (Exception e) {
      // It has been closed, or its browser has.
    }
    socket.abort();
  }

  private JsonNode call(String method, Map<String, Object> parameters) throws Exception {
    int id = calls.incrementAndGet();
    var answer = new CompletableFuture<JsonNode>();
    answers.put(id, answer);
    String message =
        JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters));
    socket.sendText(message, true).get();
    JsonNode reply = answer.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    if (reply.has("error")) {
      throw new AssertionError(method + ": " + reply.get("error"));
    }
    return reply.get("result");
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      message.append(part);
      if (last) {
        try {
          receive(JSON.readTree(message.toString()));
        } catch (Exception e) {
          complaints.add(e.toString());
        }
        message.setLength(0);
      }
      from.request(1);
      return null;
    }

    private void receive(JsonNode event) {
      if (event.has("id")) {
        answers.remove(event.get("id").asInt()).complete(event);
        return;
      }
      JsonNode parameters = event.path("params");
      switch (event.path("method").asText()) {
        case "Network.requestWillBeSent" ->
            requests.add(parameters.path("request").path("url").asText());
        case "Browser.downloadWillBegin" ->
            saving.put(
                parameters.path("guid").asText(), parameters.path("suggestedFilename").asText());
        case "Browser.downloadProgress" -> {
          if (parameters.path("state").asText().equals("completed")) {
            saved.add(saving.remove(parameters.path("guid").asText()));
          }
        }
        case "Runtime.exceptionThrown" -> complaints.add(parameters.toString());
        case "Log.entryAdded" -> {
          // A connection that fails while the server is down is not an error of the page.
          if (!parameters.path("entry").path("source").asText().equals("network")) {
            complaints.add(parameters.path("entry").path("text").asText());
          }
        }
        default -> {}
      }
    }
  }
}
