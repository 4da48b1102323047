/**
 * What a viewer knows, independent of any user interface: a bounded number of readings and windows,
 * and the state of the outputs they are read from. A {@link coarsen.viewer.model.ViewModel} is fed
 * by the threads that read; a {@link coarsen.viewer.model.ViewSession} is one user's view of it,
 * which can be paused and zoomed; a {@link coarsen.viewer.model.Picture} is what to draw at one
 * moment.
 */
@NullMarked
package coarsen.viewer.model;

import org.jspecify.annotations.NullMarked;
