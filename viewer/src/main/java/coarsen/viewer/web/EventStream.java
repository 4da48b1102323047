package coarsen.viewer.web;

import coarsen.http.Query;
import coarsen.http.Responses;
import coarsen.http.WriteLimit;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The stream of server-sent events: the style and a picture at once, then a picture whenever it
 * changes, at most 5 a second, and the status at least once a second. A slow client gets fewer
 * pictures and delays nobody else. A client that polls, {@code poll=ID}, gets the events since the
 * picture with this id, or with an empty id all of them, and the end.
 */
final class EventStream implements HttpHandler {
  private static final String TYPE = "text/event-stream; charset=utf-8";
  private static final long PAUSE_MILLIS = 200;
  private static final long STATUS_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final LiveData data;
  private final EventCache cache;
  private final Responses responses;
  private final WriteLimit limit;
  private final Semaphore freeStreams;
  private final CountDownLatch closing = new CountDownLatch(1);

  EventStream(
      LiveData data, EventCache cache, Responses responses, WriteLimit limit, int maxClients) {
    this.data = data;
    this.cache = cache;
    this.responses = responses;
    this.limit = limit;
    this.freeStreams = new Semaphore(maxClients);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    LiveData.View view = PageServer.view(data, exchange.getRequestURI());
    String known = Query.parameters(exchange.getRequestURI()).get("poll");
    var headers = exchange.getResponseHeaders();
    if (known != null) {
      responses.send(exchange, 200, TYPE, eventsSince(known, view));
    } else if (Responses.isHead(exchange)) {
      responses.send(exchange, 200, TYPE, new byte[0]);
    } else if (!freeStreams.tryAcquire()) {
      headers.set("Retry-After", "5");
      responses.text(exchange, 503, "too many pages are open; close one");
    } else {
      try {
        headers.set("Content-Type", TYPE);
        // Proxies are not to hold back or compress what has no end; nginx has its own header.
        headers.set("Cache-Control", "no-store, no-transform");
        headers.set("X-Accel-Buffering", "no");
        limit.during(() -> exchange.sendResponseHeaders(200, 0));
        stream(view, exchange.getResponseBody());
      } finally {
        freeStreams.release();
      }
    }
  }

  int freeStreams() {
    return freeStreams.availablePermits();
  }

  /** Ends all streams. */
  void close() {
    closing.countDown();
  }

  private void stream(LiveData.View view, OutputStream out) throws IOException {
    send(out, cache.style(data.style()));
    EventCache.Entry sent = null;
    long sentAt = 0;
    do {
      EventCache.Entry entry = cache.picture(view);
      long now = System.nanoTime();
      if (entry != sent) {
        send(out, entry.picture());
      }
      if (entry != sent || now - sentAt >= STATUS_NANOS) {
        send(out, entry.status());
        sent = entry;
        sentAt = now;
      }
    } while (!isClosing());
  }

  private byte[] eventsSince(String known, LiveData.View view) {
    EventCache.Entry entry = cache.picture(view);
    var events = new ByteArrayOutputStream();
    if (!entry.id().equals(known)) {
      events.writeBytes(cache.style(data.style()));
      events.writeBytes(entry.picture());
    }
    events.writeBytes(entry.status());
    return events.toByteArray();
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
