package coarsen.pipeline.scope;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds what lives once per run and JVM: the clocks of its partitions, its open sinks, the fidelity
 * of the rows it wrote here. This is the only static registry of the pipeline.
 *
 * <p>Readers and DoFns hold a {@link Lease} while they live. The JVM that started the run ends the
 * scope with {@link #end}. Other JVMs are never told that a run has ended, so there the scope
 * closes by itself when it has had no lease for a minute. (Not at once: the direct runner closes
 * and reopens its readers all the time, and Spark tears down all DoFns after each micro-batch.)
 */
public final class RunScope {
  private static final Logger LOG = LoggerFactory.getLogger(RunScope.class);
  private static final Duration KEPT_UNUSED = Duration.ofMinutes(1);
  private static final int REMEMBERED_ENDS = 1_000;

  private static final Map<String, RunScope> OPEN = new HashMap<>();

  /** Workers that are still running when their run ends must not open its scope again. */
  private static final Set<String> ENDED =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
              return size() > REMEMBERED_ENDS;
            }
          });

  private final String jobId;
  private final Map<Class<?>, Object> parts = new ConcurrentHashMap<>();
  private volatile boolean hasEnded;
  private int leases;
  private long leasesEver;

  private RunScope(String jobId, boolean hasEnded) {
    this.jobId = jobId;
    this.hasEnded = hasEnded;
  }

  /** Keeps a scope open. */
  public final class Lease implements AutoCloseable {
    private boolean closed;

    private Lease() {}

    /** The scope. */
    public RunScope scope() {
      return RunScope.this;
    }

    /** Gives the lease back; does nothing the second time. */
    @Override
    public void close() {
      synchronized (OPEN) {
        if (!closed) {
          closed = true;
          if (--leases == 0 && !hasEnded) {
            closeLaterUnlessUsed();
          }
        }
      }
    }
  }

  /**
   * The scope of a run, opened if it is not open yet. Where the run has ended it is an empty one
   * that nobody else sees.
   *
   * @param jobId the run's unique name
   */
  public static RunScope of(String jobId) {
    synchronized (OPEN) {
      if (ENDED.contains(jobId)) {
        return new RunScope(jobId, true);
      }
      RunScope scope = OPEN.get(jobId);
      if (scope == null) {
        scope = new RunScope(jobId, false);
        OPEN.put(jobId, scope);
        scope.closeLaterUnlessUsed();
      }
      return scope;
    }
  }

  /** A lease of a run's scope as {@link #of} finds it. */
  public static Lease lease(String jobId) {
    synchronized (OPEN) {
      RunScope scope = of(jobId);
      scope.leases++;
      scope.leasesEver++;
      return scope.new Lease();
    }
  }

  /**
   * Ends a run in this JVM: closes the parts of its scope that can be closed.
   *
   * @throws RuntimeException if a part could not be closed
   */
  public static void end(String jobId) {
    RunScope scope;
    synchronized (OPEN) {
      ENDED.add(jobId);
      scope = OPEN.remove(jobId);
    }
    if (scope != null) {
      scope.hasEnded = true;
      scope.closeParts();
    }
  }

  /** The unique name of the run. */
  public String jobId() {
    return jobId;
  }

  /** Whether the run has ended in this JVM; then nothing must be opened any more. */
  public boolean hasEnded() {
    return hasEnded;
  }

  /** The part of a type, made when it is asked for first, from other parts if need be. */
  public <T> T part(Class<T> type, Supplier<T> make) {
    Object part = parts.get(type);
    if (part == null) {
      // Not computeIfAbsent, which fails or hangs where one part asks for another.
      synchronized (parts) {
        part = parts.get(type);
        if (part == null) {
          part = make.get();
          parts.put(type, part);
        }
      }
    }
    return type.cast(part);
  }

  private void closeLaterUnlessUsed() {
    long leasesNow = leasesEver;
    CompletableFuture.delayedExecutor(KEPT_UNUSED.toMillis(), TimeUnit.MILLISECONDS)
        .execute(() -> closeUnlessUsedSince(leasesNow));
  }

  /** Closes the scope if it has no lease, and got none since there had been so many. */
  void closeUnlessUsedSince(long leasesThen) {
    synchronized (OPEN) {
      if (leases > 0 || leasesEver != leasesThen || OPEN.get(jobId) != this) {
        return;
      }
      OPEN.remove(jobId);
    }
    try {
      closeParts();
    } catch (RuntimeException e) {
      LOG.error("what a run kept in this worker could not be written out", e);
    }
  }

  private void closeParts() {
    RuntimeException failure = null;
    for (Object part : parts.values()) {
      try {
        if (part instanceof AutoCloseable closeable) {
          closeable.close();
        }
      } catch (RuntimeException e) {
        failure = e;
      } catch (Exception e) {
        failure = new IllegalStateException(e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
