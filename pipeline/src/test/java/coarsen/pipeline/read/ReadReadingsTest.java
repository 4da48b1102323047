package coarsen.pipeline.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.kafka.KafkaOptions;
import coarsen.pipeline.format.JsonFormat;
import coarsen.pipeline.time.EventTimeRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.util.SerializableUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReadReadingsTest {
  private static final String SECRET = "canary-77ab";

  @CommandLine.Command
  private record WithOptions(@CommandLine.Mixin Object mixin) {}

  @Test
  void noSecretOfKafkasSettingsIsShownOrSentToWorkers(@TempDir Path folder) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("kafka.properties"),
            "bootstrap.servers=127.0.0.1:1\nssl.keystore.password=" + SECRET + "\n");
    var kafka = new KafkaOptions.Required();
    new CommandLine(new WithOptions(kafka)).parseArgs("--kafkaConfig=" + file);
    var plan =
        new ReadPlan(
            "read-readings",
            new SourceTopic(
                kafka.clients(), "readings", new TreeMap<>(Map.of(0, 0L)), new TreeMap<>()),
            JsonFormat.DEFAULT,
            EventTimeRules.DEFAULT,
            1,
            PartitionGrouping.TOGETHER);
    assertFalse(
        new String(SerializableUtils.serializeToByteArray(plan), ISO_8859_1).contains(SECRET));

    Pipeline pipeline = Pipeline.create();
    pipeline.apply(ReadReadings.from(plan));
    var shown = new StringBuilder();
    pipeline.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public CompositeBehavior enterCompositeTransform(TransformHierarchy.Node node) {
            show(node);
            return CompositeBehavior.ENTER_TRANSFORM;
          }

          @Override
          public void visitPrimitiveTransform(TransformHierarchy.Node node) {
            show(node);
          }

          private void show(TransformHierarchy.Node node) {
            if (node.getTransform() != null) {
              shown.append(node.getTransform()).append(DisplayData.from(node.getTransform()));
            }
          }
        });
    assertTrue(shown.indexOf("read_committed") > 0, "it shows the consumer's settings");
    assertFalse(shown.indexOf(SECRET) > 0, shown::toString);
  }
}
