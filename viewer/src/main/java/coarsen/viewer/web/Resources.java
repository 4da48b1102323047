package coarsen.viewer.web;

import coarsen.http.Responses;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Serves the page's own files from the class path, and only those listed here. */
final class Resources {
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";

  private static final List<String> SCRIPTS =
      List.of(
          "axes.js",
          "chart.js",
          "charts.js",
          "density.js",
          "page.js",
          "save.js",
          "series.js",
          "shapes.js",
          "status.js",
          "stream.js");

  private final Responses responses;

  private Resources(Responses responses) {
    this.responses = responses;
  }

  /** Handlers by path. */
  static Map<String, HttpHandler> load(Responses responses) {
    var resources = new Resources(responses);
    Map<String, HttpHandler> handlers = new HashMap<>();
    handlers.put("/", resources.load("index.html", "text/html; charset=utf-8"));
    handlers.put("/page.css", resources.load("page.css", STYLE));
    handlers.put("/icon.svg", resources.load("icon.svg", "image/svg+xml"));
    for (String script : SCRIPTS) {
      handlers.put("/" + script, resources.load(script, SCRIPT));
    }
    handlers.put("/uplot.js", resources.load(UPLOT + "uPlot.iife.min.js", SCRIPT));
    handlers.put("/uplot.css", resources.load(UPLOT + "uPlot.min.css", STYLE));
    return handlers;
  }

  private HttpHandler load(String name, String type) {
    try (InputStream in = Resources.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      byte[] bytes = in.readAllBytes();
      return exchange -> responses.send(exchange, 200, type, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
