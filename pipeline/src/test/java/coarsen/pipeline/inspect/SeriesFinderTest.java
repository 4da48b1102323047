package coarsen.pipeline.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeriesFinderTest {
  private static List<String> roles(MessageFields format, IntFunction<String> message) {
    List<String> messages = IntStream.range(0, 20).mapToObj(message).toList();
    FieldTable table = FieldTable.of(Samples.of(1_700_000_000_000L, messages), format);
    return table.columns().stream()
        .flatMap(column -> SeriesFinder.role(table, column).stream())
        .toList();
  }

  private static List<String> roles(IntFunction<String> message) {
    return roles(new JsonFields(""), message);
  }

  @Test
  void textsAndIdsThatComeAgainCouldNameTheSeries() {
    assertEquals(
        List.of("6 values, could name the series", "2 values, could name the series"),
        roles(
            i ->
                "{\"device\":\"press-%d\",\"site\":{\"line_id\":%d},\"temp\":%d}"
                    .formatted(i % 6, i % 2, i % 3)));
  }

  @Test
  void whatDiffersInEachMessageOrNeverCouldNot() {
    assertEquals(
        List.of(),
        roles(i -> "{\"uuid\":\"%d\",\"unit\":\"bar\",\"on\":%b}".formatted(i, i % 2 == 0)));
  }

  @Test
  void whatMostMessagesLackCouldNot() {
    assertEquals(List.of(), roles(i -> i < 9 ? "{\"a\":\"%d\"}".formatted(i % 2) : "{\"v\":1}"));
  }

  @Test
  void tagsCouldNameTheSeries() {
    assertEquals(
        List.of("4 values, could name the series"),
        roles(new LineFields(), i -> "cpu,host\\,name=h%d idle=%d".formatted(i % 4, i)));
  }

  @Test
  void keysThatComeAgainCould() {
    assertEquals(
        Optional.of("3 values, could name the series"),
        SeriesFinder.keyRole(keys(i -> "k" + i % 3)));
    assertEquals(Optional.empty(), SeriesFinder.keyRole(keys(i -> "k" + i)));
    assertEquals(Optional.empty(), SeriesFinder.keyRole(keys(i -> "k")));
  }

  private static List<byte[]> keys(IntFunction<String> key) {
    return IntStream.range(0, 20).mapToObj(i -> key.apply(i).getBytes(UTF_8)).toList();
  }
}
