package coarsen.viewer.web;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The events of the stream, each made once for all clients with the same view. Every {@code
 * picture} is complete, so a client may miss any of them.
 */
final class EventCache {
  /** Clients that ask within this time after a picture was made get the same picture. */
  static final long FRESH_MILLIS = 150;

  private final LongSupplier nanoTime;
  private final String run;
  private final Map<LiveData.View, Entry> latest;

  /**
   * @param run identifies this run of the program in the events' ids
   * @param maxViews how many views are cached
   */
  EventCache(String run, int maxViews, LongSupplier nanoTime) {
    this.run = run;
    this.nanoTime = nanoTime;
    this.latest =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<LiveData.View, Entry> eldest) {
            return size() > maxViews;
          }
        };
  }

  /** A picture, and the status that belongs to it. */
  static final class Entry {
    private final long version;
    private final String id;
    private final LiveData.Snapshot snapshot;
    private final byte[] picture;
    private final long madeNanos;

    private Entry(long version, String id, LiveData.Snapshot snapshot, long madeNanos) {
      this.version = version;
      this.id = id;
      this.snapshot = snapshot;
      this.picture = event("picture", id, snapshot.picture());
      this.madeNanos = madeNanos;
    }

    /** The id of the event with the picture. */
    String id() {
      return id;
    }

    /** The event with the picture; not to be changed. */
    byte[] picture() {
      return picture;
    }

    /** An event with the status as it is now. */
    byte[] status() {
      return event("status", null, snapshot.status());
    }
  }

  /** The newest picture of a view; the same object while the picture does not change. */
  synchronized Entry picture(LiveData.View view) {
    long now = nanoTime.getAsLong();
    Entry known = latest.get(view);
    if (known != null && (isFresh(known, now) || known.version == view.version())) {
      return known;
    }
    // Read the version first: a row that arrives in between makes a newer picture later.
    long version = view.version();
    var entry = new Entry(version, run + "-" + version, view.snapshot(), now);
    latest.put(view, entry);
    return entry;
  }

  /** The first event of every stream: how to draw. Its id announces the run. */
  byte[] style(byte[] json) {
    return event("style", run + "-0", json);
  }

  private static boolean isFresh(Entry entry, long now) {
    return now - entry.madeNanos < TimeUnit.MILLISECONDS.toNanos(FRESH_MILLIS);
  }

  private static byte[] event(String name, @Nullable String id, byte[] data) {
    var event = new ByteArrayOutputStream(data.length + 64);
    event.writeBytes(("event: " + name + "\n").getBytes(StandardCharsets.US_ASCII));
    if (id != null) {
      event.writeBytes(("id: " + id + "\n").getBytes(StandardCharsets.US_ASCII));
    }
    event.writeBytes("data: ".getBytes(StandardCharsets.US_ASCII));
    event.writeBytes(data);
    event.writeBytes("\n\n".getBytes(StandardCharsets.US_ASCII));
    return event.toByteArray();
  }
}
