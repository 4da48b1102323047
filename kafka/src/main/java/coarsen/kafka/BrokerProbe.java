package coarsen.kafka;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.Node;

/**
 * Finds out what listens at an address before Kafka's clients ask it: they take the first four
 * bytes of any answer for its length, and allocate as much. A broker is asked for its brokers, too,
 * because clients speak only to the addresses that it advertises.
 */
final class BrokerProbe {
  private static final int ALL_MILLIS = 8_000;
  private static final int LEAST_MILLIS = 3_000;

  /** For TLS and a login, which a broker that is there may need some time for. */
  private static final int LOGIN_MILLIS = 5_000;

  private static final int MAX_NAMED = 3;
  private static final String NAME_ANOTHER = "; name a broker with --bootstrapServers=HOST:PORT";

  private final InetSocketAddress address;
  private final LoginProbe login;
  private final String otherProtocol;
  private final String name;
  private final int connectMillis;
  private final int answerMillis;
  private final int otherAnswerMillis;

  /**
   * A probe of one of several addresses, which together take some eight seconds at most, or three
   * seconds each.
   */
  BrokerProbe(InetSocketAddress address, int addresses, KafkaClients clients) {
    this.address = address;
    login = new LoginProbe(clients, address);
    otherProtocol =
        clients.settings().equals(KafkaSettings.NONE)
            ? "; give its settings with --kafkaConfig=FILE, or name a PLAINTEXT listener with"
                + " --bootstrapServers=HOST:PORT"
            : "; correct security.protocol in " + clients.settings();
    name = address.getHostString() + ":" + address.getPort();
    int millis = Math.max(LEAST_MILLIS, ALL_MILLIS / addresses);
    connectMillis = millis / 4;
    answerMillis = millis * 3 / 8;
    otherAnswerMillis = millis / 8;
  }

  /**
   * What is wrong with what listens there, in one line; empty if it is a broker that clients can
   * use, with the given settings.
   *
   * @throws IOException if nothing listens
   * @throws coarsen.command.CommandException if no client can be made with the settings
   */
  Optional<String> problem() throws IOException {
    Collection<Node> brokers;
    Socket socket = connect(address, connectMillis);
    try (socket) {
      socket.setSoTimeout(answerMillis);
      brokers = brokers(socket);
    } catch (LoginProbe.FailedException e) {
      return Optional.of(e.problem());
    } catch (ProbeRequests.UnlikeKafkaException e) {
      return Optional.of(described(e.start()).orElseGet(this::unlikeKafka));
    } catch (SocketTimeoutException e) {
      return Optional.of(other().orElseGet(this::silent));
    } catch (IOException e) {
      return Optional.of(other().orElseGet(this::closing));
    }
    return unreachable(brokers);
  }

  private Collection<Node> brokers(Socket socket) throws IOException {
    switch (login.protocol()) {
      case PLAINTEXT -> {
        return ProbeRequests.brokers(request -> ProbeRequests.answer(socket, request));
      }
      case SASL_PLAINTEXT -> {
        var unused = ProbeRequests.versions(request -> ProbeRequests.answer(socket, request));
      }
      case SSL, SASL_SSL -> {
        byte[] start = tlsStart(socket);
        if (!ProbeRequests.isTls(start)) {
          throw new LoginProbe.FailedException(
              ProbeRequests.isHttp(start)
                  ? http()
                  : "what listens at " + name + " does not speak TLS" + otherProtocol);
        }
      }
    }
    socket.close();
    return login.brokers(LOGIN_MILLIS);
  }

  /** What a server answers to the beginning of a TLS handshake; empty if it closes. */
  private byte[] tlsStart(Socket socket) throws IOException {
    try {
      socket.getOutputStream().write(ProbeRequests.tlsHello(address));
      return socket.getInputStream().readNBytes(Integer.BYTES);
    } catch (SocketException e) {
      return new byte[0];
    }
  }

  private static Socket connect(InetSocketAddress to, int millis) throws IOException {
    var socket = new Socket();
    try {
      socket.connect(to, millis);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * Tries what else it may be, since a TLS or HTTP server may close or wait for more. One
   * connection at a time: a small server has but one thread.
   */
  private Optional<String> other() {
    for (byte[] question : List.of(ProbeRequests.tlsHello(address), ProbeRequests.httpGet())) {
      try (Socket socket = connect(address, connectMillis)) {
        socket.setSoTimeout(otherAnswerMillis);
        socket.getOutputStream().write(question);
        Optional<String> described = described(socket.getInputStream().readNBytes(4));
        if (described.isPresent()) {
          return described;
        }
      } catch (IOException e) {
        // It does not understand this question, either.
      }
    }
    return Optional.empty();
  }

  /** What the first four bytes of an answer tell. */
  private Optional<String> described(byte[] start) {
    if (ProbeRequests.isTls(start)) {
      return Optional.of(name + " speaks TLS" + otherProtocol);
    }
    return ProbeRequests.isHttp(start) ? Optional.of(http()) : Optional.empty();
  }

  private String http() {
    return "an HTTP server listens at " + name + ", not a Kafka broker" + NAME_ANOTHER;
  }

  private String unlikeKafka() {
    return "what listens at " + name + " answers, but not as a Kafka broker does" + NAME_ANOTHER;
  }

  private String silent() {
    return "what listens at "
        + name
        + " is not a Kafka broker, or hangs: it does not answer within "
        + answerMillis
        + " ms"
        + NAME_ANOTHER;
  }

  private String closing() {
    return "what listens at "
        + name
        + " closes the connection when asked for its brokers: it is not a Kafka broker, or one that"
        + " wants a login"
        + otherProtocol;
  }

  private Optional<String> unreachable(Collection<Node> brokers) {
    List<String> failures = new ArrayList<>();
    for (Node broker : brokers) {
      String advertised = broker.host() + ":" + broker.port();
      if (advertised.equals(name)) {
        return Optional.empty();
      }
      int millis = Math.max(connectMillis / brokers.size(), otherAnswerMillis);
      try {
        connect(new InetSocketAddress(broker.host(), broker.port()), millis).close();
        return Optional.empty();
      } catch (UnknownHostException e) {
        failures.add(advertised + " (unknown host)");
      } catch (IOException e) {
        failures.add(advertised + " (" + e.getMessage() + ")");
      }
      if (failures.size() == MAX_NAMED) {
        break;
      }
    }
    return failures.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "the broker at "
                + name
                + " answers, but clients can't reach what it advertises: "
                + String.join(", ", failures)
                + "; correct its advertised.listeners");
  }
}
