// Follows the server's events, and reconnects by itself.

const SILENCE_MILLIS = 5_000; // The status is sent every second.
const RECONNECT_MILLIS = 1_000;

export class Stream {
  // handlers: style(data), picture(data, run), status(data), lost()
  constructor(handlers) {
    this.handlers = handlers;
  }

  open(query) {
    this.close();
    this.query = query;
    const source = new EventSource("events?" + query);
    this.source = source;
    for (const kind of ["style", "picture", "status"]) {
      source.addEventListener(kind, event => {
        if (this.source === source) {
          this.awaitNext();
          // An id is RUN-VERSION; another run of the server restarts its versions.
          this.handlers[kind](JSON.parse(event.data), event.lastEventId.split("-")[0]);
        }
      });
    }
    source.addEventListener("error", () => {
      if (this.source === source) {
        this.reconnect();
      }
    });
    this.awaitNext();
  }

  close() {
    clearTimeout(this.timer);
    this.source?.close();
  }

  // A connection can be dead without an error, so silence counts as one.
  awaitNext() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.reconnect(), SILENCE_MILLIS);
  }

  reconnect() {
    this.close();
    this.handlers.lost();
    this.timer = setTimeout(() => this.open(this.query), RECONNECT_MILLIS);
  }
}
