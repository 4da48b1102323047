package coarsen.kafka;

import coarsen.command.CommandException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.cert.CertificateException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.security.auth.login.LoginException;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.network.ByteBufferSend;
import org.apache.kafka.common.network.ChannelBuilder;
import org.apache.kafka.common.network.ChannelState;
import org.apache.kafka.common.network.NetworkReceive;
import org.apache.kafka.common.network.NetworkSend;
import org.apache.kafka.common.network.Selectable;
import org.apache.kafka.common.network.Selector;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;

/**
 * Connects to a broker once, over TLS and with a login, as Kafka's clients do. They would log each
 * attempt, and say in many words what was wrong.
 */
final class LoginProbe {
  private static final String CONNECTION = "probe";
  private static final long POLL_MILLIS = 100;

  private final KafkaClients clients;
  private final InetSocketAddress address;
  private final String name;
  private final SecurityProtocol protocol;
  private boolean answered;

  LoginProbe(KafkaClients clients, InetSocketAddress address) {
    this.clients = clients;
    this.address = address;
    name = address.getHostString() + ":" + address.getPort();
    Object set = clients.connection().get(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG);
    protocol =
        set == null
            ? SecurityProtocol.PLAINTEXT
            : SecurityProtocol.forName(set.toString().toUpperCase(Locale.ROOT));
  }

  /** What to ask over a connection. */
  interface Question<T> {
    /** Sends requests and gives what they answer. */
    T ask(ProbeRequests.Connection connection) throws IOException;
  }

  /** A login that failed. */
  static final class FailedException extends IOException {
    private static final long serialVersionUID = 1L;
    private final String problem;

    /**
     * @param problem in one line, with what would do
     */
    FailedException(String problem) {
      super(problem);
      this.problem = problem;
    }

    String problem() {
      return problem;
    }
  }

  /** What the user's settings say. */
  SecurityProtocol protocol() {
    return protocol;
  }

  /**
   * Asks a broker which brokers there are.
   *
   * @throws FailedException if the broker can't be used with the user's settings
   * @throws CommandException if no client can be made with them
   */
  Collection<Node> brokers(int millis) throws IOException {
    return ask(millis, ProbeRequests.MAX_ANSWER_BYTES, ProbeRequests::brokers);
  }

  /**
   * Asks a broker something.
   *
   * @param maxAnswer bytes that an answer may have
   * @throws FailedException if the broker can't be used with the user's settings
   * @throws CommandException if no client can be made with them
   */
  <T> T ask(int millis, int maxAnswer, Question<T> question) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    try (var metrics = new Metrics();
        var selector =
            new Selector(
                maxAnswer,
                Selector.NO_IDLE_TIMEOUT_MS,
                metrics,
                Time.SYSTEM,
                CONNECTION,
                Map.of(),
                false,
                channels(),
                new LogContext())) {
      selector.connect(
          CONNECTION,
          address,
          Selectable.USE_DEFAULT_BUFFER_SIZE,
          Selectable.USE_DEFAULT_BUFFER_SIZE);
      while (!selector.isChannelReady(CONNECTION)) {
        poll(selector, deadline);
      }
      return question.ask(request -> answer(selector, request, deadline));
    }
  }

  private ByteBuffer answer(Selector selector, ByteBuffer request, long deadline)
      throws IOException {
    selector.send(new NetworkSend(CONNECTION, ByteBufferSend.sizePrefixed(request)));
    while (true) {
      poll(selector, deadline);
      for (NetworkReceive received : selector.completedReceives()) {
        answered = true;
        return received.payload();
      }
    }
  }

  private void poll(Selector selector, long deadline) throws IOException {
    selector.poll(POLL_MILLIS);
    ChannelState end = selector.disconnected().get(CONNECTION);
    if (end != null) {
      throw new FailedException(problem(end.exception()));
    }
    if (System.nanoTime() > deadline) {
      throw new FailedException(
          "the broker at "
              + name
              + " does not answer to the login in time; try again, or correct "
              + clients.settings());
    }
  }

  private String problem(@Nullable AuthenticationException failure) {
    if (failure == null && protocol == SecurityProtocol.SSL && !answered) {
      // TLS 1.3 lets a client send before the broker has looked at its certificate. The broker's
      // reason is lost if the connection is reset before it is read.
      return handshakeEnded("it closes the connection");
    }
    if (failure == null) {
      return "what listens at "
          + name
          + " closes the connection during the login; correct security.protocol in "
          + clients.settings();
    }
    String said = Causes.innermost(failure).getMessage();
    if (!(failure instanceof SslAuthenticationException)) {
      return "the broker at %s refuses the login: %s; correct sasl.mechanism and sasl.jaas.config in %s"
          .formatted(name, said, clients.settings());
    }
    return Causes.has(failure, CertificateException.class)
        ? "the certificate of %s is not trusted: %s; it must name the host, and its CA must be in ssl.truststore.location of %s"
            .formatted(name, said, clients.settings())
        : handshakeEnded(said);
  }

  private String handshakeEnded(@Nullable String reason) {
    return "the broker at %s ends the TLS handshake: %s; it may want a client certificate, ssl.keystore.location in %s"
        .formatted(name, reason, clients.settings());
  }

  /**
   * What Kafka says of a login that can't be read may have a part of it, so it is not passed on.
   */
  private ChannelBuilder channels() {
    var config = new AdminClientConfig(clients.connection());
    boolean hasLogin =
        List.of(SecurityProtocol.SASL_PLAINTEXT, SecurityProtocol.SASL_SSL).contains(protocol);
    try {
      if (hasLogin) {
        var unused = JaasContext.loadClientContext(config.values());
      }
    } catch (RuntimeException e) { // Kafka's parser has no exception of its own.
      throw loginUnusable();
    }
    try {
      return ClientUtils.createChannelBuilder(config, Time.SYSTEM, new LogContext());
    } catch (RuntimeException e) {
      if (Causes.has(e, LoginException.class)) {
        throw loginUnusable();
      }
      throw CommandException.usage(
          "%s can't be used: %s".formatted(clients.settings(), Causes.reason(e)));
    }
  }

  private CommandException loginUnusable() {
    return CommandException.usage(
        clients.settings()
            + " has no login that can be used; write sasl.jaas.config=CLASS required"
            + " username=\"NAME\" password=\"PASSWORD\"; with the class of your sasl.mechanism");
  }
}
