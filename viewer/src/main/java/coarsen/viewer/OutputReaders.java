package coarsen.viewer;

import coarsen.outputs.Follower;
import coarsen.outputs.Location;
import coarsen.outputs.Tail;
import coarsen.outputs.Tails;
import coarsen.viewer.model.FollowedOutput;
import coarsen.viewer.model.ViewModel;
import coarsen.viewer.model.VisibleSpan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The threads that feed a model: one for each output, and one that reads again what is missing. */
final class OutputReaders implements AutoCloseable {
  private final FollowedOutputs outputs;
  private final long backlog;
  private final ViewerState state;
  private final List<Follower> followers = new ArrayList<>();
  private @Nullable HistoryReader history;

  private OutputReaders(FollowedOutputs outputs, VisibleSpan span, ViewerState state) {
    this.outputs = outputs;
    this.backlog = FollowedOutputs.backlog(span);
    this.state = state;
  }

  /** Starts to read; what fails then is told to the state. */
  static OutputReaders open(
      FollowedOutputs outputs, VisibleSpan span, ViewModel model, ViewerState state) {
    var readers = new OutputReaders(outputs, span, state);
    try {
      readers.follow("raw", outputs.raw(), model.raw());
      readers.follow("reduced", outputs.reduced(), model.reduced());
      if (outputs.rejected() != null && model.rejected() != null) {
        readers.follow("rejected", outputs.rejected(), model.rejected());
      }
    } catch (RuntimeException e) {
      readers.close();
      throw e;
    }
    readers.history = new HistoryReader(model, outputs, FollowedOutputs.historyBacklog(span));
    return readers;
  }

  private void follow(String name, Location location, FollowedOutput output) {
    Tail tail = Tails.follow(location, outputs.kafka(), backlog);
    var follower =
        new Follower(
            "viewer-" + name, tail, output::row, state::changed, output::unavailable, state::fail);
    followers.add(follower);
    follower.start();
  }

  @Override
  public void close() {
    if (history != null) {
      history.close();
    }
    followers.forEach(Follower::close);
  }
}
