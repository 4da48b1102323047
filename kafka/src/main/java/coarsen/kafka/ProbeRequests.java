package coarsen.kafka;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ApiVersionsRequest;
import org.apache.kafka.common.requests.ApiVersionsResponse;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.requests.MetadataResponse;
import org.apache.kafka.common.requests.RequestHeader;

/** What {@link BrokerProbe} sends and receives. */
final class ProbeRequests {
  static final int MAX_ANSWER_BYTES = 1 << 20;
  private static final String CLIENT = "coarsen-probe";
  private static final byte TLS_ALERT = 0x15;
  private static final byte TLS_HANDSHAKE = 0x16;
  private static final byte TLS_MAJOR_VERSION = 3;
  private static final byte[] HTTP = "HTTP".getBytes(US_ASCII);

  private ProbeRequests() {}

  /** An answer that no Kafka broker gives. */
  static final class UnlikeKafkaException extends IOException {
    private static final long serialVersionUID = 1L;
    private final byte[] start;

    UnlikeKafkaException(int start) {
      this.start = ByteBuffer.allocate(Integer.BYTES).putInt(start).array();
    }

    /** The first four bytes of the answer. */
    byte[] start() {
      return start;
    }
  }

  /** A connection over which one request is answered after the other. */
  interface Connection {
    /** The answer to a request; both without their length. */
    ByteBuffer answer(ByteBuffer request) throws IOException;
  }

  /**
   * Asks a broker which versions of requests it knows, which it answers before a login, too.
   *
   * @throws UnlikeKafkaException if the answer is not that of a broker
   * @throws IOException if there is no answer
   */
  static ApiVersionsResponse versions(Connection connection) throws IOException {
    return (ApiVersionsResponse)
        answer(connection, new ApiVersionsRequest.Builder((short) 0).build());
  }

  /**
   * Asks a broker which brokers there are, as Kafka's clients do.
   *
   * @throws UnlikeKafkaException if the answer is not that of a broker
   * @throws IOException if there is no answer
   */
  static Collection<Node> brokers(Connection connection) throws IOException {
    ApiVersion offered = versions(connection).apiVersion(ApiKeys.METADATA.id);
    if (offered == null) {
      return List.of();
    }
    short version = (short) Math.min(offered.maxVersion(), ApiKeys.METADATA.latestVersion());
    var metadata =
        (MetadataResponse)
            answer(connection, new MetadataRequest.Builder(List.of(), false, version).build());
    return metadata.brokers();
  }

  /** The answer to a request. */
  static AbstractResponse answer(Connection connection, AbstractRequest request)
      throws IOException {
    var header =
        new RequestHeader(request.apiKey(), request.version(), CLIENT, request.apiKey().id);
    ByteBuffer answer = connection.answer(request.serializeWithHeader(header));
    int size = answer.remaining();
    try {
      return AbstractResponse.parseResponse(answer, header);
    } catch (RuntimeException e) { // Kafka's parser has no exception of its own.
      throw (IOException) new UnlikeKafkaException(size).initCause(e);
    }
  }

  /** The answer over a connection without TLS and login. */
  static ByteBuffer answer(Socket socket, ByteBuffer bytes) throws IOException {
    var out = new DataOutputStream(socket.getOutputStream());
    byte[] frame = new byte[Integer.BYTES + bytes.remaining()];
    ByteBuffer.wrap(frame).putInt(bytes.remaining()).put(bytes);
    out.write(frame);
    var in = new DataInputStream(socket.getInputStream());
    int size = in.readInt();
    if (size < Integer.BYTES || size > MAX_ANSWER_BYTES) {
      throw new UnlikeKafkaException(size);
    }
    byte[] answer = new byte[size];
    in.readFully(answer);
    return ByteBuffer.wrap(answer);
  }

  /** The beginning of a TLS handshake; proxies look for the name of the host in it. */
  static byte[] tlsHello(InetSocketAddress address) {
    try {
      SSLEngine engine =
          SSLContext.getDefault().createSSLEngine(address.getHostString(), address.getPort());
      engine.setUseClientMode(true);
      ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
      engine.wrap(ByteBuffer.allocate(0), hello);
      return Arrays.copyOf(hello.array(), hello.position());
    } catch (GeneralSecurityException | SSLException e) {
      throw new IllegalStateException("every Java platform has TLS", e);
    }
  }

  /** A request that every HTTP server answers. */
  static byte[] httpGet() {
    return "GET / HTTP/1.0\r\n\r\n".getBytes(US_ASCII);
  }

  static boolean isTls(byte[] start) {
    return start.length > 1
        && (start[0] == TLS_ALERT || start[0] == TLS_HANDSHAKE)
        && start[1] == TLS_MAJOR_VERSION;
  }

  static boolean isHttp(byte[] start) {
    return Arrays.equals(start, HTTP);
  }
}
