package coarsen.viewer.web;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.function.Function;

/** Pictures for whoever wants no script: a report, a wiki, {@code curl}. */
final class Charts {
  private final LiveData data;
  private final Responses responses;

  Charts(LiveData data, Responses responses) {
    this.data = data;
    this.responses = responses;
  }

  void send(HttpExchange exchange, String type, Function<LiveData.View, byte[]> draw)
      throws IOException {
    LiveData.View view = Query.view(data, exchange.getRequestURI());
    byte[] chart;
    synchronized (this) { // Drawing is dear; those who ask for more than one wait.
      chart = draw.apply(view);
    }
    responses.send(exchange, 200, type, chart);
  }
}
