package coarsen.flink;

import java.lang.reflect.Field;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.beam.runners.flink.FlinkDetachedRunnerResult;
import org.apache.beam.sdk.util.ReleaseInfo;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniClusterJobClient;
import org.apache.flink.runtime.util.EnvironmentInformation;

/**
 * A private field of Beam or Flink that holds what neither makes public. Flink would give the
 * client of a job to a {@code JobListener}, too, but Beam's runner creates its execution
 * environment by itself and has no option to register one; {@code execution.job-listeners} names
 * classes in Flink's configuration, which is the user's.
 *
 * @param owner the class that declares the field
 * @param type the field's type
 */
record PrivateField(Class<?> owner, String name, Class<?> type) {
  static final PrivateField JOB_CLIENT =
      new PrivateField(FlinkDetachedRunnerResult.class, "jobClient", JobClient.class);
  static final PrivateField JOB_RESULT =
      new PrivateField(MiniClusterJobClient.class, "jobResultFuture", CompletableFuture.class);

  /** The client of a job that Beam has submitted. */
  static JobClient jobClient(FlinkDetachedRunnerResult result) {
    return (JobClient) JOB_CLIENT.of(result);
  }

  /** The result of a job on a local cluster, which ends together with its job. */
  static JobResult jobResult(MiniClusterJobClient client)
      throws InterruptedException, ExecutionException {
    return (JobResult) ((CompletableFuture<?>) JOB_RESULT.of(client)).get();
  }

  private Object of(Object object) {
    try {
      Field field = find();
      field.setAccessible(true);
      return field.get(object);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The field.
   *
   * @throws IllegalStateException if this version of Beam or Flink has no such field
   */
  Field find() {
    try {
      Field field = owner.getDeclaredField(name);
      if (field.getType().equals(type)) {
        return field;
      }
    } catch (NoSuchFieldException e) {
      // Reported below, as is a field of another type.
    }
    throw new IllegalStateException(
        "%s has no field %s of type %s in Beam %s with Flink %s"
            .formatted(
                owner.getName(),
                name,
                type.getSimpleName(),
                ReleaseInfo.getReleaseInfo().getVersion(),
                EnvironmentInformation.getVersion()));
  }
}
