package coarsen.viewer.web;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The events of the stream, each made once for all clients that look at the same view. Every {@code
 * picture} is whole, so it does not matter which ones a client missed.
 */
final class Frames {
  /** How long a frame is new: clients that ask within this time get the same. */
  static final long MILLIS_PER_FRAME = 150;

  private final LongSupplier nanoTime;
  private final String run;
  private final Map<LiveData.View, Frame> latest;

  /**
   * @param run names this run of the program in the events' ids
   * @param mostViews how many views' frames are kept
   */
  Frames(String run, int mostViews, LongSupplier nanoTime) {
    this.run = run;
    this.nanoTime = nanoTime;
    this.latest =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<LiveData.View, Frame> eldest) {
            return size() > mostViews;
          }
        };
  }

  /** A picture, and what belongs to it. */
  static final class Frame {
    private final long version;
    private final LiveData.Still still;
    private final byte[] picture;
    private final long madeNanos;

    private Frame(long version, LiveData.Still still, byte[] picture, long madeNanos) {
      this.version = version;
      this.still = still;
      this.picture = picture;
      this.madeNanos = madeNanos;
    }

    /** The picture's event as it is sent, which nobody changes. */
    byte[] picture() {
      return picture;
    }

    /** The event that tells how everything is now. */
    byte[] status() {
      return event("status", null, still.status());
    }
  }

  /** The present picture. */
  synchronized Frame picture(LiveData.View view) {
    long now = nanoTime.getAsLong();
    Frame known = latest.get(view);
    if (known != null && (isNew(known, now) || known.version == view.version())) {
      return known;
    }
    // Before the picture: what comes in between is then in the next one, too.
    long version = view.version();
    LiveData.Still still = view.still();
    var frame =
        new Frame(version, still, event("picture", run + "-" + version, still.picture()), now);
    latest.put(view, frame);
    return frame;
  }

  /** How to draw; names this run, before any picture does. */
  byte[] look(byte[] look) {
    return event("look", run + "-0", look);
  }

  private static boolean isNew(Frame frame, long now) {
    return now - frame.madeNanos < TimeUnit.MILLISECONDS.toNanos(MILLIS_PER_FRAME);
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
