package coarsen.viewer.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Data with pictures of any length. */
final class FakeData implements LiveData {
  volatile long version = 1;
  volatile int pictureLength = 10;
  volatile Optional<RuntimeException> failure = Optional.empty();
  final AtomicInteger picturesMade = new AtomicInteger();

  @Override
  public View view(Map<String, String> query) {
    if (query.containsKey("span") && !query.get("span").matches("\\d+s")) {
      throw new IllegalArgumentException("span=" + query.get("span") + "; write 5s");
    }
    return new FakeView(this, query.getOrDefault("span", "any"));
  }

  @Override
  public byte[] series(String search) {
    return ("{\"search\":\"" + search + "\"}").getBytes(UTF_8);
  }

  @Override
  public byte[] style() {
    return "{\"zone\":\"UTC\"}".getBytes(UTF_8);
  }

  @Override
  public void check() {
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  private record FakeView(FakeData data, String span) implements View {
    @Override
    public long version() {
      return data.version;
    }

    @Override
    public Snapshot snapshot() {
      data.picturesMade.incrementAndGet();
      String filler = "x".repeat(data.pictureLength);
      String picture =
          "{\"version\":%d,\"span\":\"%s\",\"filler\":\"%s\"}"
              .formatted(data.version, span, filler);
      return new FakeSnapshot(picture);
    }

    @Override
    public byte[] png() {
      return ("PNG of " + span).getBytes(UTF_8);
    }

    @Override
    public byte[] svg() {
      return ("<svg>" + span + "</svg>").getBytes(UTF_8);
    }
  }

  private record FakeSnapshot(String json) implements Snapshot {
    @Override
    public byte[] picture() {
      return json.getBytes(UTF_8);
    }

    @Override
    public byte[] status() {
      return "{\"state\":\"live\"}".getBytes(UTF_8);
    }
  }
}
