// Warns five minutes before an idle session ends; one key stays signed in.
// When it has ended the page stays as it is: what is typed can still be sent, and is kept over sign-in.
const IDLE = 30 * 60 * 1000;
const WARN = 5 * 60 * 1000;
const dialog = document.getElementById("session-warning");

let waiting = 0;
let ended = false;

function wait() {
  clearTimeout(waiting);
  waiting = setTimeout(warn, IDLE - WARN);
}
function warn() {
  dialog.showModal();
  waiting = setTimeout(end, WARN);
}
function end() {
  ended = true;
  dialog.querySelector("[data-title]").textContent = "You have been signed out";
  dialog.querySelector("[data-words]").textContent =
    "What you typed is still on this page. Send it and sign in again: it will be kept.";
  dialog.querySelector("button").textContent = "Go back to the page";
}
async function extend() {
  clearTimeout(waiting);
  if (ended) return;
  try {
    await fetch(dialog.dataset.extendUrl, { credentials: "same-origin", cache: "no-store" });
  } finally {
    wait();
  }
}

if (dialog && typeof dialog.showModal === "function") {
  dialog.addEventListener("close", extend);
  document.addEventListener("throughline:saved", () => dialog.open || wait());
  wait();
}
