// Follows the server's events, and comes back by itself.

const SILENCE_MILLIS = 5_000; // The status comes every second.
const AGAIN_MILLIS = 1_000;

export class Stream {
  // handlers: look, picture(data, run), status, lost
  constructor(handlers) {
    this.handlers = handlers;
  }

  open(query) {
    this.close();
    this.query = query;
    const source = new EventSource("events?" + query);
    this.source = source;
    for (const kind of ["look", "picture", "status"]) {
      source.addEventListener(kind, event => {
        if (this.source === source) {
          this.listen();
          // An id is RUN-VERSION: another run of the server counts anew.
          this.handlers[kind](JSON.parse(event.data), event.lastEventId.split("-")[0]);
        }
      });
    }
    source.addEventListener("error", () => {
      if (this.source === source) {
        this.again();
      }
    });
    this.listen();
  }

  close() {
    clearTimeout(this.timer);
    this.source?.close();
  }

  // A connection can be dead without anybody having said so.
  listen() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.again(), SILENCE_MILLIS);
  }

  again() {
    this.close();
    this.handlers.lost();
    this.timer = setTimeout(() => this.open(this.query), AGAIN_MILLIS);
  }
}
