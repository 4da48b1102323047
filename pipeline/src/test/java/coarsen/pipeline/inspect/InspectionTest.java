package coarsen.pipeline.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.pipeline.InputFormats;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages as people have them, and the options that read them. */
class InspectionTest {
  private static final Instant NOW = Instant.parse("2024-03-04T17:10:40Z");
  private static final long KAFKA_MILLIS = Instant.parse("2024-03-04T17:10:33Z").toEpochMilli();

  private static Inspection inspect(List<String> given, List<String> messages) {
    return Inspection.of(
        Samples.of(KAFKA_MILLIS, messages), given, InputFormats::of, InstantSource.fixed(NOW));
  }

  private static String options(Inspection inspection) {
    return String.join(" ", inspection.choice().options());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"ts":"2024-03-04T17:10:32Z","value":1} |
          {"ts":1709572232000,"value":1} |
          {"device":"press-04","line":"assembly-2","temp":76.2,"vibration":0.41,"ts":1709572232} | --timestampUnit=s --valueField=temp
          {"schema":{"type":"struct","fields":[{"type":"int64","field":"ts"}]},"payload":{"ts":1709572232000,"temp":7}} | --timestampField=/payload/ts --valueField=/payload/temp
          {"schema":null,"payload":{"ts":1709572232000,"temp":7}} | --timestampField=/payload/ts --valueField=/payload/temp
          {"@timestamp":"2024-03-04T17:10:32.000Z","message":"m","took":12} | --timestampField=/@timestamp --valueField=took
          {"when":"Mon, 04 Mar 2024 17:10:32 GMT","v":1} | --timestampField=when --timestampFormat=EEE, dd MMM yyyy HH:mm:ss zzz --valueField=v
          {"time":"04.03.2024 17:10:32","value":"12.5"} | --timestampField=time --timestampFormat=dd.MM.yyyy HH:mm:ss --numbersInStrings
          {"t":"2024-03-04 17:10:32,5 UTC","val":"12.5"} | --timestampField=t --valueField=val --numbersInStrings
          {"ts":1709572232123456,"value":1} | --timestampUnit=us
          {"ts":1709572232123456789,"value":1} | --timestampUnit=ns
          {"ts":1709572232.123,"value":1} | --timestampUnit=s
          {"ts":"1709572232","value":1} | --timestampUnit=s
          {"ts":"20240304171032","value":1} | --timestampFormat=uuuuMMddHHmmss
          {"ts":"2024-03-04T18:10:30","value":1} | --inputZone=+01:00
          {"ts":"2024-03-04 22:40:30","value":1} | --inputZone=+05:30
          {"ts":"20240304","value":1} | --timestampFormat=uuuuMMdd
          {"id":7,"ok":true,"meta":{"n":{"ts":1709572232000,"amount":3}}} | --timestampField=/meta/n/ts --valueField=/meta/n/amount
          {"sensor_id":17,"enabled":true,"timestamp":1709572232000,"co2":417} | --timestampField=timestamp --valueField=co2
          {"created":"2001-01-01T00:00:00Z","eventTime":"2024-03-04T17:10:32Z","received":"2024-03-04T17:10:33Z","y":1} | --timestampField=eventTime --valueField=y
          {"a/b":1709572232000,"x~y":1} | --timestampField=a/b --valueField=x~y
          {"/p":1,"time":1709572232000} | --timestampField=time --valueField=/~1p
          {"a,b":1,"ts":1709572232000} | --valueField=a\\,b
          {"value":1,"name":"n"} | --timestampField=@kafka
          {"value":1,"count":1709572232} | --timestampField=count --timestampUnit=s
          {"temp":[20.5,21],"ts":1709572232000} | --valueField=/temp/0
          [{"ts":1709572232000,"value":1},{"ts":1709572232001,"value":2}] |
          {"host":"h","rows":[{"ts":1709572232000,"value":1},{"ts":1709572232001,"value":2}]} | --readingsField=rows
          cpu,host=a usage_idle=12.5,usage_user=3i 1709572232000000000 | --format=influx --valueField=usage_idle
          m\\ x,t=1 load\\,1=2,msg="a b, c=1",up=t 1709572232 | --format=influx --timestampUnit=s --valueField=load\\,1
          mem used=7u | --format=influx --valueField=used
          {"a":{"rows":[{"t":1709572232,"power":1}]}} | --readingsField=/a/rows --timestampField=t --timestampUnit=s --valueField=power
          """)
  void theOptionsThatReadMessagesAreFound(String message, String expected) {
    var inspection = inspect(List.of(), List.of(message));
    assertEquals(expected == null ? "" : expected, options(inspection));
    assertEquals(0, inspection.trial().rejected());
    assertTrue(inspection.trial().readings() > 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          --valueField=vibration           | --valueField=vibration --timestampUnit=s
          --timestampField=@kafka          | --timestampField=@kafka --valueField=temp
          --timestampUnit=s --inputZone=Asia/Tokyo | --timestampUnit=s --inputZone=Asia/Tokyo --valueField=temp
          --format=json                    | --format=json --timestampUnit=s --valueField=temp
          --valueField=temp,vibration      | --valueField=temp,vibration --timestampUnit=s
          """)
  void whatIsGivenIsKept(String given, String expected) {
    String message = "{\"temp\":76.2,\"vibration\":0.41,\"ts\":1709572232}";
    var inspection = inspect(Arrays.asList(given.split(" ", -1)), List.of(message));
    assertEquals(expected, options(inspection));
    assertEquals(0, inspection.trial().rejected());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          --seriesField=device             | {"device":"d","temp":7,"at":1709572232}    | --seriesField=device --timestampField=at --timestampUnit=s --valueField=temp
          --seriesField=x --missingSeries=n --maxSeries=9 | {"temp":7,"at":1709572232} | --seriesField=x --missingSeries=n --maxSeries=9 --timestampField=at --timestampUnit=s --valueField=temp
          --format=influx --seriesField=@series | cpu,host=a idle=7 1709572232      | --format=influx --seriesField=@series --timestampUnit=s --valueField=idle
          --seriesField=host               | cpu,host=a idle=7 1709572232            | --seriesField=host --format=influx --timestampUnit=s --valueField=idle
          """)
  void theOtherOptionsAreFoundBesideThoseOfSeries(String given, String message, String expected) {
    var inspection = inspect(Arrays.asList(given.split(" ", -1)), List.of(message));
    assertEquals(expected, options(inspection));
    assertEquals(0, inspection.trial().rejected());
  }

  @Test
  void countersAndConstantsAreTheLastToBeTakenForAValue() {
    List<String> messages =
        IntStream.range(0, 40)
            .mapToObj(
                i ->
                    "{\"n\":%d,\"fw\":3,\"ts\":%d,\"pos\":%d}"
                        .formatted(5 + i, KAFKA_MILLIS + i, i * i % 7))
            .toList();
    assertEquals("--valueField=pos", options(inspect(List.of(), messages)));
  }

  @Test
  void timesThatAreAheadThoughTheyNameTheirZoneNeedNoZone() {
    var inspection = inspect(List.of(), List.of("{\"ts\":\"2024-03-04T18:10:30Z\",\"value\":1}"));
    assertEquals("", options(inspection));
    assertEquals(List.of("--maxFutureSkew=off"), inspection.rules().options());
  }

  @Test
  void aTimeThatNeverChangesIsNotTheEventTime() {
    List<String> messages =
        IntStream.range(0, 40)
            .mapToObj(
                i ->
                    "{\"ts\":\"2024-01-01T00:00:00Z\",\"updated\":%d,\"value\":%d}"
                        .formatted(KAFKA_MILLIS + i, i))
            .toList();
    assertEquals("--timestampField=updated", options(inspect(List.of(), messages)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"ts":1709572232000,"on":true}     | No field holds a number
          1709572232,76.2                    | CSV, 2 columns, such as 1709572232,76.2
          <m><ts>1</ts></m>                  | XML
          76.2                               | the message is a fraction
          cpu idle                           | text, such as cpu idle
          """)
  void whatCannotBeReadIsExplained(String message, String expected) {
    var inspection = inspect(List.of(), List.of(message, message));
    assertTrue(inspection.trial().isHopeless());
    String report =
        String.join(
            "\n",
            InspectReport.of(inspection, new TreeSet<>(), List.of(), InstantSource.fixed(NOW)));
    assertTrue(report.contains(expected), report);
  }
}
