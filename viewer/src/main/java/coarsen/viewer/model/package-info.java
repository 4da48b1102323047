/**
 * What a viewer knows, without any face: the readings and windows that have been read, bounded in
 * number, and the state of what they are read from. {@link coarsen.viewer.model.ViewModel} is fed
 * by whoever reads and asked by whoever draws; {@link coarsen.viewer.model.ViewSession} is what one
 * face makes of it, which can be paused and zoomed; a {@link coarsen.viewer.model.Picture} is what
 * there is to draw at one moment and never changes.
 */
@NullMarked
package coarsen.viewer.model;

import org.jspecify.annotations.NullMarked;
