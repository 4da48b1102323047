package coarsen.pipeline.write;

import coarsen.command.Location;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The open sinks of this JVM: one for each output of a run, whatever the number of DoFns. */
final class RowSinks {
  private static final Map<Output, RowSink> OPEN = new ConcurrentHashMap<>();

  private static final RowSink CLOSED =
      new RowSink() {
        @Override
        public void write(RowBuffer rows) {
          throw new IllegalStateException("the run has ended, its outputs are closed");
        }

        @Override
        public void endBundle() {}

        @Override
        public void close() {}
      };

  private RowSinks() {}

  static RowSink of(Output output) {
    return OPEN.computeIfAbsent(output, RowSinks::open);
  }

  /** Closes a sink. Workers that go on for a moment do not open it again. */
  static void close(Output output) {
    RowSink sink = OPEN.put(output, CLOSED);
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
