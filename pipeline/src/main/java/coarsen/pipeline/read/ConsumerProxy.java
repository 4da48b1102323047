package coarsen.pipeline.read;

import coarsen.command.CommandException;
import coarsen.kafka.NativeCodecs;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;

/**
 * A consumer some of whose methods are replaced. Kafka's interface has some seventy methods; this
 * passes all others through, so that any consumer can be wrapped, Kafka's mock among them.
 */
final class ConsumerProxy implements InvocationHandler {
  private final Consumer<byte[], byte[]> consumer;
  private final Object replacement;
  private final Map<String, Method> replaced;

  private ConsumerProxy(Consumer<byte[], byte[]> consumer, Object replacement) {
    this.consumer = consumer;
    this.replacement = replacement;
    replaced =
        Arrays.stream(replacement.getClass().getDeclaredMethods())
            .filter(method -> java.lang.reflect.Modifier.isPublic(method.getModifiers()))
            .collect(Collectors.toMap(ConsumerProxy::signature, Function.identity()));
  }

  /**
   * Wraps a consumer.
   *
   * @param replacement each of its public methods replaces the consumer's method of that name and
   *     parameters
   */
  @SuppressWarnings("unchecked") // The interface that it is made of, with bytes for its parameters.
  static Consumer<byte[], byte[]> of(Consumer<byte[], byte[]> consumer, Object replacement) {
    return (Consumer<byte[], byte[]>)
        Proxy.newProxyInstance(
            Consumer.class.getClassLoader(),
            new Class<?>[] {Consumer.class},
            new ConsumerProxy(consumer, replacement));
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    Method replacing = replaced.get(signature(method));
    try {
      return replacing == null
          ? method.invoke(consumer, arguments)
          : replacing.invoke(replacement, arguments);
    } catch (InvocationTargetException e) {
      throw replacing == null ? e.getTargetException() : asException(e.getTargetException());
    }
  }

  /**
   * KafkaIO polls in a thread that catches exceptions only: an error would end the thread in
   * silence, and the run would wait for it for ever.
   */
  private static Throwable asException(Throwable failure) {
    Optional<String> codec = NativeCodecs.explain(failure);
    if (codec.isPresent()) {
      return new KafkaException(CommandException.failed(codec.get(), failure));
    }
    return failure instanceof Error ? new KafkaException(failure) : failure;
  }

  private static String signature(Method method) {
    return method.getName() + Arrays.toString(method.getParameterTypes());
  }
}
