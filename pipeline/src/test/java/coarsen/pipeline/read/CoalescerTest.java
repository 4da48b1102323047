package coarsen.pipeline.read;

import static coarsen.pipeline.read.Records.record;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class CoalescerTest {
  private static List<ConsumerRecord<byte[], byte[]>> records(long... offsets) {
    return LongStream.of(offsets).mapToObj(offset -> record(3, offset, 77, "v" + offset)).toList();
  }

  private static List<Long> lastOffsets(List<ConsumerRecord<byte[], byte[]>> frames) {
    return frames.stream().map(ConsumerRecord::offset).toList();
  }

  private static BatchFrame open(
      List<ConsumerRecord<byte[], byte[]>> records, boolean keysAndHeaders) {
    var coalescer = new Coalescer(1_000, 1_000_000, keysAndHeaders);
    return BatchFrame.open(coalescer.coalesce(records).get(0).value());
  }

  private static String value(BatchFrame frame) {
    return new String(frame.bytes(), frame.start(), frame.length(), UTF_8);
  }

  @Test
  void aFrameHasAtMostSoManyRecordsAndTheLastOnesOffset() {
    var coalescer = new Coalescer(2, 1_000, false);
    assertEquals(
        List.of(11L, 20L, 21L), lastOffsets(coalescer.coalesce(records(10, 11, 19, 20, 21))));
    assertEquals(List.of(), coalescer.coalesce(List.of()));
  }

  @Test
  void aFrameIsBoundedByBytesAsWell() {
    int size = BatchFrameBuilder.size(record(3, 10, 77, "v10"), false);
    var coalescer = new Coalescer(1_000, 2 * size, false);
    assertEquals(
        List.of(11L, 13L, 14L), lastOffsets(coalescer.coalesce(records(10, 11, 12, 13, 14))));
  }

  @Test
  void aRecordThatIsLargerThanAFrameHasOneOfItsOwn() {
    var coalescer = new Coalescer(1_000, 100, false);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(records(1, 2));
    records.add(record(3, 3, 77, "x".repeat(1_000)));
    records.add(record(3, 4, 77, "v4"));
    assertEquals(List.of(2L, 3L, 4L), lastOffsets(coalescer.coalesce(records)));
  }

  @Test
  void aFrameGivesBackWhatWentIn() {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(records(10, 12));
    records.add(record(3, 13, -1, null));
    BatchFrame frame = open(records, false);
    assertEquals(3, frame.partition());
    assertEquals(3, frame.count());
    assertTrue(frame.next());
    assertEquals(10, frame.offset());
    assertEquals(77, frame.kafkaMillis());
    assertEquals("v10", value(frame));
    assertTrue(frame.next());
    assertEquals("v12", value(frame));
    assertTrue(frame.next());
    assertEquals(13, frame.offset());
    assertEquals(-1, frame.kafkaMillis());
    assertFalse(frame.hasValue());
    assertFalse(frame.next());
  }

  @Test
  void keysAndHeadersAreCarriedWhereAFormatReadsThem() {
    var keyed =
        new ConsumerRecord<>("readings", 3, 10, "press-04".getBytes(UTF_8), "v".getBytes(UTF_8));
    keyed.headers().add("schema", "1".getBytes(UTF_8)).add("schema", "2".getBytes(UTF_8));
    keyed.headers().add("none", null);
    List<ConsumerRecord<byte[], byte[]>> records = List.of(keyed, record(3, 11, 77, "w"));

    BatchFrame frame = open(records, true);
    assertTrue(frame.next());
    assertEquals("v", value(frame));
    assertArrayEquals("press-04".getBytes(UTF_8), frame.key());
    assertEquals(Map.of("schema", "2").keySet(), frame.headers().keySet());
    assertArrayEquals("2".getBytes(UTF_8), frame.headers().get("schema"));
    assertTrue(frame.next());
    assertEquals("w", value(frame));
    assertNull(frame.key());
    assertTrue(frame.headers().isEmpty());

    BatchFrame without = open(records, false);
    assertTrue(without.next());
    assertNull(without.key());
    assertTrue(without.headers().isEmpty());
  }
}
