package coarsen.pipeline;

import coarsen.command.CommandException;
import coarsen.command.ExitCode;
import coarsen.kafka.NativeCodecs;
import coarsen.kafka.Topics;
import coarsen.outputs.Location;
import coarsen.pipeline.claim.OutputClaims;
import coarsen.pipeline.inspect.InspectReport;
import coarsen.pipeline.inspect.TopicSample;
import coarsen.pipeline.inspect.Trial;
import coarsen.pipeline.write.OutputFolders;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.SortedSet;
import org.apache.beam.sdk.io.FileSystems;
import org.jspecify.annotations.Nullable;

/**
 * {@code run --check}: does what a run does before it reads, but writes and creates nothing, and
 * says what the run would make of the newest messages.
 */
final class RunCheck {
  private static final int MESSAGES = 1_000;

  private final RunSettings settings;
  private final PrintWriter out;

  RunCheck(RunSettings settings, PrintWriter out) {
    this.settings = settings;
    this.out = out;
  }

  /**
   * Checks, and prints what it finds.
   *
   * @param time for people, where the event time is
   * @return the exit code
   * @throws CommandException if the run would not start
   */
  int check(String runner, String time) {
    Engine engine = Engine.of(runner);
    engine.check(settings);
    FileSystems.setDefaultPipelineOptions(engine.options(settings));
    NativeCodecs.checkFolder();
    RunSettings.Source source = settings.source();
    try (var topics = new Topics(source.kafka())) {
      TopicSample sample = TopicSample.take(source.kafka(), topics, source.topic(), MESSAGES);
      SortedSet<String> compression = topics.compression(source.topic(), sample.firstOffsets());
      Trial trial = Trial.of(sample, settings.format(), settings.rules(), InstantSource.system());
      InspectReport.of(sample, trial, compression, time, InstantSource.system())
          .forEach(out::println);
      RunSettings.Outputs outputs = settings.outputs();
      output("raw", outputs.raw(), sample.ends().size(), topics);
      output("reduced", outputs.reduced(), 1, topics);
      output("rejected", outputs.rejected(), 1, topics);
      out.println(
          trial.isHopeless()
              ? "would reject every message; ./coarsen inspect --topic="
                  + source.topic()
                  + " finds options that fit"
              : "would run");
      return trial.isHopeless() ? ExitCode.FAILED : ExitCode.OK;
    } finally {
      out.flush();
    }
  }

  private void output(String kind, @Nullable Location output, int partitions, Topics topics) {
    if (output == null) {
      return;
    }
    boolean isThere =
        output instanceof Location.Topic topic
            ? topics.checkWritable(topic.name(), partitions)
            : OutputFolders.check((Location.Files) output);
    OutputClaims.checkFree(output, topics);
    for (String line :
        InspectReport.line(kind, output + (isThere ? ", which is there" : ", to be created"))) {
      out.println(line);
    }
  }
}
