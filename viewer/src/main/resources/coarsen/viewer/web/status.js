// Shows the status line: the state of each output in colour and in words.

// Sets texts as text, not markup, as names and details come from outside.
export function showStatus(parts, host) {
  while (host.children.length > parts.length) {
    host.lastElementChild.remove();
  }
  while (host.children.length < parts.length) {
    host.append(document.createElement("li"));
  }
  parts.forEach(({ state, text }, i) => {
    const item = host.children[i];
    if (item.textContent !== text) {
      item.textContent = text;
    }
    if (item.className !== state) {
      item.className = state;
    }
  });
}
