// Shows the first few found while somebody types. Without scripts the button finds them all, as it does with them.
const PAUSE = 150;
const form = document.querySelector("[data-glance]");
const box = form.elements.words;
const says = document.querySelector("[data-glance-says]");
const shown = document.querySelector("[data-glance-found]");
const before = shown.innerHTML;
const typed = box.value;
let waiting = 0;
let asking = null;

async function look() {
  asking?.abort();
  if (!box.value.trim() || box.value === typed) {
    says.textContent = "";
    shown.innerHTML = box.value === typed ? before : "";
    return;
  }
  asking = new AbortController();
  try {
    const answer = await fetch(form.dataset.glance, { method: "POST", body: new URLSearchParams(new FormData(form)), credentials: "same-origin", signal: asking.signal });
    if (!answer.ok || answer.redirected) return;
    const found = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-says]");
    if (!found) return;
    shown.replaceChildren(found);
    says.textContent = found.dataset.says;
  } catch {
    // Another letter came, or the network is away: the button still finds.
  }
}
box.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(look, PAUSE);
});
