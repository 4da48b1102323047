package coarsen.pipeline.inspect;

import java.util.List;

/**
 * A field that could be the value.
 *
 * @param name as options write it
 * @param options that read it, beside its name
 * @param isLikely whether it is more than an id, a counter, a constant or a time
 */
public record ValueField(String name, List<String> options, boolean isLikely) {}
