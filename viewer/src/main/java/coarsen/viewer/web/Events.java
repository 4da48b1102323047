package coarsen.viewer.web;

import coarsen.http.Responses;
import coarsen.http.WriteLimit;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The stream of events: how to draw and a picture at once, then one whenever there is another, at
 * most 5 a second, and the status at least once a second. A client that takes its time gets fewer
 * pictures; nothing waits for it.
 */
final class Events implements HttpHandler {
  private static final long PAUSE_MILLIS = 200;
  private static final long STATUS_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final LiveData data;
  private final Frames frames;
  private final Responses responses;
  private final WriteLimit limit;
  private final Semaphore places;
  private final CountDownLatch closing = new CountDownLatch(1);

  Events(LiveData data, Frames frames, Responses responses, WriteLimit limit, int mostClients) {
    this.data = data;
    this.frames = frames;
    this.responses = responses;
    this.limit = limit;
    this.places = new Semaphore(mostClients);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    LiveData.View view = PageServer.view(data, exchange.getRequestURI());
    var headers = exchange.getResponseHeaders();
    if (Responses.isHead(exchange)) {
      responses.send(exchange, 200, "text/event-stream; charset=utf-8", new byte[0]);
    } else if (!places.tryAcquire()) {
      headers.set("Retry-After", "5");
      responses.text(exchange, 503, "As many pages as can be served are open; close one.");
    } else {
      try {
        headers.set("Content-Type", "text/event-stream; charset=utf-8");
        limit.during(() -> exchange.sendResponseHeaders(200, 0));
        stream(view, exchange.getResponseBody());
      } finally {
        places.release();
      }
    }
  }

  int freeStreams() {
    return places.availablePermits();
  }

  /** Ends all streams. */
  void close() {
    closing.countDown();
  }

  private void stream(LiveData.View view, OutputStream out) throws IOException {
    send(out, frames.look(data.look()));
    Frames.Frame sent = null; // A picture that did not change stays the same object.
    long sentAt = 0;
    do {
      Frames.Frame frame = frames.picture(view);
      long now = System.nanoTime();
      if (frame != sent) {
        send(out, frame.picture());
      }
      if (frame != sent || now - sentAt >= STATUS_NANOS) {
        send(out, frame.status());
        sent = frame;
        sentAt = now;
      }
    } while (!isClosing());
  }

  private void send(OutputStream out, byte[] bytes) throws IOException {
    limit.during(
        () -> {
          out.write(bytes);
          out.flush();
        });
  }

  private boolean isClosing() {
    try {
      return closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
