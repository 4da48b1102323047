// Says how the outputs are: the state of each in colour and in words, and what they come to.

// Texts are set as text: names and details come from outside.
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
