/** The window: pictures as they change, and the keys and the mouse that steer them. */
@NullMarked
package coarsen.viewer.window;

import org.jspecify.annotations.NullMarked;
