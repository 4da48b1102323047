package coarsen.pipeline.write;

import coarsen.command.Location;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The open sinks of this JVM: one for each output of a run, whatever the number of DoFns. */
final class RowSinks {
  private static final Map<Output, RowSink> OPEN = new ConcurrentHashMap<>();

  private RowSinks() {}

  static RowSink of(Output output) {
    return OPEN.computeIfAbsent(output, RowSinks::open);
  }

  static void close(Output output) {
    RowSink sink = OPEN.remove(output);
    if (sink != null) {
      sink.close();
    }
  }

  private static RowSink open(Output output) {
    Location location = output.location();
    if (location instanceof Location.Files files) {
      return new FileSink(files.directory(), output.kind(), output.run(), output.rollover());
    }
    return new TopicSink(((Location.Topic) location).name(), output.producerConfig());
  }
}
