package coarsen.testbed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Messages that a parser must not accept as readings; null is a tombstone, a record without a
 * value.
 */
final class MalformedMessages {
  private static final String TS = "\"ts\":\"2021-01-23T12:12:55.123Z\"";

  /** Malformed whatever is read of them. */
  static final List<byte @Nullable []> ALWAYS = encode(texts());

  /** With those that are malformed only where each reading needs a device. */
  static final List<byte @Nullable []> WITH_DEVICES =
      encode(Stream.concat(texts().stream(), withoutDevice().stream()).toList());

  private MalformedMessages() {}

  private static List<byte @Nullable []> encode(List<String> texts) {
    List<byte @Nullable []> all = new ArrayList<>();
    all.add(null);
    for (String text : texts) {
      // One byte per character, so that a text can contain bytes that are not UTF-8.
      all.add(text.getBytes(ISO_8859_1));
    }
    return Collections.unmodifiableList(all);
  }

  private static List<String> withoutDevice() {
    return List.of(
        "{" + TS + ",\"value\":57}",
        "{" + TS + ",\"device\":null,\"value\":57}",
        "{" + TS + ",\"device\":{\"name\":\"sensor-1\"},\"value\":57}",
        "{" + TS + ",\"device\":[\"sensor-1\"],\"value\":57}");
  }

  private static List<String> texts() {
    return List.of(
        "",
        " ",
        "null",
        "[]",
        "{}",
        "57",
        "no JSON",
        "[[{" + TS + ",\"value\":57}]]",
        // fields
        "{" + TS + "}",
        "{\"value\":57}",
        "{\"ts\":null,\"value\":57}",
        "{" + TS + ",\"value\":null}",
        "{" + TS + ",\"value\":57,\"value\":58}",
        // values
        "{" + TS + ",\"value\":\"57\"}",
        "{" + TS + ",\"value\":true}",
        "{" + TS + ",\"value\":[57]}",
        "{" + TS + ",\"value\":NaN}",
        "{" + TS + ",\"value\":1e999}",
        "{" + TS + ",\"value\":-1e999}",
        "{" + TS + ",\"value\":" + "9".repeat(1_001) + "}",
        "{" + TS + ",\"value\":057}",
        // times
        "{\"ts\":\"\",\"value\":57}",
        "{\"ts\":\"yesterday\",\"value\":57}",
        "{\"ts\":\"2021-02-30T12:00:00Z\",\"value\":57}",
        "{\"ts\":\"2021-01-23T25:00:00Z\",\"value\":57}",
        "{\"ts\":\"+10000-01-01T00:00:00Z\",\"value\":57}",
        "{\"ts\":99999999999999999999,\"value\":57}",
        "{\"ts\":true,\"value\":57}",
        // documents
        "{" + TS + ",\"value\":57} and more",
        "{" + TS + ",\"value\":57}{" + TS + ",\"value\":58}",
        "{" + TS + ",\"value\":57",
        "{" + TS + ",\"value\":57,}",
        "{'ts':'2021-01-23T12:12:55.123Z','value':57}",
        "{" + TS + ",\"value\":57,\"deep\":" + "[".repeat(1_001) + "]".repeat(1_001) + "}",
        "{\"ts\":\"2021-01-23T12:12:55.123Z\u00ff\u00fe\",\"value\":57}",
        "\u0000\u0001\u0002\u0003");
  }
}
