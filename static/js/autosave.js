// Saves a form as it is typed: on leaving a field, after five seconds' pause, and on leaving the page.
// The form's own buttons do the same without scripts. Nothing is kept in the browser.
const PAUSE = 5000;
const RETRY = 10000;
const PATIENCE = 20000; // an answer that takes longer, on a half-dead network, counts as not saved
const OUTLIVES = 60000; // a longer text cannot be sent on after its page has gone

function clock(moment) {
  const hour = moment.getHours();
  const minutes = String(moment.getMinutes()).padStart(2, "0");
  return `${hour % 12 || 12}:${minutes}${hour < 12 ? "am" : "pm"}`;
}

function watch(form) {
  const line = document.querySelector("[data-saved-line]");
  const url = form.dataset.autosaveUrl;
  let saved = asServed();
  let onItsWay = null;
  let waiting = 0;
  let busy = false;
  let pressed = null;
  let going = false;

  // What the page came with: words typed while it was still loading are not saved yet.
  function asServed() {
    const served = form.cloneNode(true);
    served.reset();
    return typed(served);
  }
  function typed(of = form) {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(of)) {
      if (typeof value === "string") fields.append(name, value);
    }
    return fields;
  }
  function content(fields) {
    const copy = new URLSearchParams(fields);
    copy.delete("version");
    copy.delete("csrfmiddlewaretoken");
    return copy.toString();
  }
  function say(words, wrong = false) {
    if (!line) return;
    line.classList.toggle("saved-line--wrong", wrong);
    if (line.textContent !== words) line.textContent = words;
  }
  function later(delay) {
    clearTimeout(waiting);
    waiting = setTimeout(save, delay);
  }
  function tookIt(answer, fields) {
    saved = fields;
    if (answer.version !== undefined && form.elements.version) form.elements.version.value = answer.version;
    document.dispatchEvent(new CustomEvent("throughline:saved"));
    say(`Saved at ${answer.saved_at || clock(new Date())}`);
  }
  function unsaved() {
    say(navigator.onLine ? "Not saved, trying again" : "You’re offline, keep this page open", true);
    later(RETRY);
  }
  async function save() {
    clearTimeout(waiting);
    const fields = typed();
    if (busy || going || content(fields) === content(saved)) return;
    busy = true;
    onItsWay = fields;
    try {
      const response = await fetch(url, {
        method: "POST",
        body: fields,
        keepalive: fields.toString().length < OUTLIVES,
        credentials: "same-origin",
        signal: AbortSignal.timeout(PATIENCE),
        headers: { Accept: "application/json", "X-Requested-With": "fetch" },
      });
      if (response.status === 409) {
        // Posting the page itself shows both texts; nothing typed is lost.
        busy = false;
        pressed = null;
        send();
        form.requestSubmit();
        return;
      }
      if (response.redirected && new URL(response.url).pathname === "/sign-in") {
        // The session has ended. What was sent is held for the same person and shown after they sign in.
        window.removeEventListener("pagehide", leave);
        going = true;
        window.location.assign(response.url);
        return;
      }
      if (!response.ok || response.redirected) throw new Error("not saved");
      tookIt(await response.json(), fields);
    } catch {
      unsaved();
    } finally {
      busy = false;
      onItsWay = null;
      if (pressed) return sendAgain();
      if (!line || !line.classList.contains("saved-line--wrong")) {
        if (content(typed()) !== content(saved)) later(PAUSE);
      }
    }
  }
  // A button pressed while a save is on its way waits for it, so that nobody conflicts with themselves.
  function send(event) {
    clearTimeout(waiting);
    window.removeEventListener("pagehide", leave);
    if (!busy || !event) {
      // The form itself is on its way with all that is typed: nothing is saved beside it.
      going = true;
      return;
    }
    event.preventDefault();
    pressed = event.submitter || form;
  }
  function sendAgain() {
    const button = pressed === form ? undefined : pressed;
    pressed = null;
    form.requestSubmit(button);
  }
  function leave() {
    const fields = typed();
    if (content(fields) !== content(onItsWay || saved)) navigator.sendBeacon(url, fields);
  }

  form.addEventListener("input", () => later(PAUSE));
  form.addEventListener("focusout", save);
  form.addEventListener("change", save);
  form.addEventListener("submit", send);
  window.addEventListener("beforeunload", save); // while the page still lives; not every telephone tells
  window.addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => document.hidden && save());
  window.addEventListener("pageshow", (event) => event.persisted && window.location.reload());
  window.addEventListener("online", save);
  window.addEventListener("offline", unsaved);
}

document.querySelectorAll("form[data-autosave]").forEach(watch);
