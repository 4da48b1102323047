package coarsen.viewer.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** Reads a stream of server-sent events line by line; closing it drops the connection. */
final class EventsClient implements AutoCloseable {
  private final BufferedReader reader;

  EventsClient(HttpClient client, HttpRequest request) throws IOException, InterruptedException {
    var body = client.send(request, BodyHandlers.ofInputStream()).body();
    reader = new BufferedReader(new InputStreamReader(body, UTF_8));
  }

  /** The rest of the next line that starts with a prefix; null at the end of the stream. */
  String after(String prefix) throws IOException {
    String line = reader.readLine();
    while (line != null && !line.startsWith(prefix)) {
      line = reader.readLine();
    }
    return line == null ? null : line.substring(prefix.length());
  }

  /** The version of the next picture, and the rest of its event. */
  String picture() throws IOException {
    String picture = after("data: {\"version\":");
    if (picture == null) {
      throw new IOException("the stream ended before the next picture");
    }
    return picture;
  }

  /** Reads until the server has ended the stream, be it between events or in the middle of one. */
  void awaitEnd() {
    try {
      while (reader.readLine() != null) {
        // Only the end matters.
      }
    } catch (IOException e) {
      // The server closed the connection.
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
