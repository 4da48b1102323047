package coarsen.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes each request to the handler of its path, after checking what holds for every request: the
 * host name, the method, and that no page of another site sent it. Adds the security headers to
 * every answer.
 */
final class Guard implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Guard.class);
  private static final Set<String> METHODS = Set.of("GET", "HEAD");

  /** A page may use blobs, with which it saves pictures of itself. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /** Other sites may link to the page. */
  private static final String PAGE = "/";

  private final HostRule hosts;
  private final SiteRule sites;
  private final Map<String, HttpHandler> routes;
  private final Responses responses;

  Guard(HostRule hosts, SiteRule sites, Map<String, HttpHandler> routes, Responses responses) {
    this.hosts = hosts;
    this.sites = sites;
    this.routes = routes;
    this.responses = responses;
  }

  @Override
  public void handle(HttpExchange exchange) {
    try (exchange) {
      addHeaders(exchange.getResponseHeaders());
      answer(exchange);
    } catch (IOException e) {
      LOG.debug("a client disconnected: {}", e.toString());
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    HttpHandler handler = routes.get(path);
    if (!hosts.allows(exchange.getRequestHeaders().getFirst("Host"))) {
      responses.text(
          exchange,
          403,
          "this server does not answer to that host name; use the address it printed, or start it"
              + " with --allowHost=NAME");
    } else if (!PAGE.equals(path) && !sites.allows(exchange.getRequestHeaders())) {
      responses.text(
          exchange, 403, "this server does not answer to pages of other sites; open its page");
    } else if (!METHODS.contains(exchange.getRequestMethod())) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      responses.text(exchange, 405, "only GET and HEAD are allowed");
    } else if (handler == null) {
      responses.text(exchange, 404, "nothing is served at this path");
    } else {
      try {
        handler.handle(exchange);
      } catch (BadRequestException e) {
        responses.text(exchange, 400, String.valueOf(e.getMessage()));
      } catch (RuntimeException e) {
        LOG.warn("can't answer {}", path, e);
        if (exchange.getResponseCode() < 0) {
          responses.text(exchange, 500, "failed; the server's log says why");
        }
      }
    }
  }

  private static void addHeaders(Headers headers) {
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
  }
}
