// Follows the server's events, and reconnects by itself: by a stream, or by polling where a stream
// gets nothing through, such as behind a proxy that holds back what has no end.

const SILENCE_MILLIS = 5_000; // The status is sent every second.
const RECONNECT_MILLIS = 1_000;
const POLL_MILLIS = 250;
const POLLING_MILLIS = 60_000; // Then a stream is tried again.

// Over HTTP/1.1 a browser opens six connections to a server, for all tabs together. If streams took
// them all, not even the next tab's page would load.
const STREAMS = 4;

// Calls back when this tab may have a stream, until it is closed; never without a secure context.
function awaitPlace(granted) {
  let isGranted = false;
  for (let i = 0; i < STREAMS; i++) {
    navigator.locks?.request("coarsen-stream-" + i, () => {
      if (isGranted) {
        return null; // Leaves this place to another tab.
      }
      isGranted = true;
      granted();
      return new Promise(() => {});
    });
  }
}

export class Stream {
  // handlers: style(data), picture(data, run), status(data), lost(why), why being null if there is
  // no answer
  constructor(handlers) {
    this.handlers = handlers;
    this.pollUntil = Infinity;
    awaitPlace(() => {
      this.pollUntil = 0;
      this.open(this.query);
    });
  }

  open(query) {
    this.close();
    this.query = query;
    this.connection = new AbortController();
    if (performance.now() < this.pollUntil) {
      this.poll(this.connection.signal);
    } else {
      this.listen(this.connection.signal);
    }
  }

  close() {
    clearTimeout(this.timer);
    this.connection?.abort();
  }

  listen(signal) {
    const source = new EventSource("events?" + this.query);
    signal.addEventListener("abort", () => source.close());
    this.isHeard = false;
    this.awaitNext();
    for (const kind of ["style", "picture", "status"]) {
      source.addEventListener(kind, event => {
        if (!signal.aborted) {
          this.isHeard = true;
          this.awaitNext();
          this.handle(kind, event.data, event.lastEventId);
        }
      });
    }
    source.addEventListener("error", () => {
      if (!signal.aborted) {
        this.reconnect(null);
      }
    });
  }

  async poll(signal) {
    this.isHeard = true; // Polling has no other way to turn to.
    let id = "";
    while (!signal.aborted) {
      this.awaitNext();
      try {
        const answer = await fetch(`events?${this.query}&poll=${id}`, { signal });
        const text = await answer.text();
        if (signal.aborted) {
          return;
        }
        clearTimeout(this.timer); // The browser may stretch the pause of a hidden tab.
        if (!answer.ok) {
          this.reconnect(text);
          return;
        }
        for (const { event, data, id: newId } of events(text)) {
          id = newId ?? id;
          this.handle(event, data, id);
        }
      } catch {
        if (!signal.aborted) {
          this.reconnect(null);
        }
        return;
      }
      await new Promise(done => setTimeout(done, POLL_MILLIS));
      if (!signal.aborted && performance.now() >= this.pollUntil) {
        this.open(this.query);
      }
    }
  }

  handle(kind, data, id) {
    // An id is RUN-VERSION; another run of the server restarts its versions.
    this.handlers[kind](JSON.parse(data), id.split("-")[0]);
  }

  // A connection can be dead without an error, so silence counts as one.
  awaitNext() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.reconnect(null), SILENCE_MILLIS);
  }

  reconnect(why) {
    if (!this.isHeard) {
      this.pollUntil = performance.now() + POLLING_MILLIS;
    }
    this.close();
    this.handlers.lost(why);
    this.timer = setTimeout(() => this.open(this.query), RECONNECT_MILLIS);
  }
}

// The events of an answer; each has one line for each of its fields.
function events(text) {
  return text.split("\n\n").slice(0, -1).map(event =>
    Object.fromEntries(event.split("\n").map(line => {
      const colon = line.indexOf(": ");
      return [line.slice(0, colon), line.slice(colon + 2)];
    })));
}
