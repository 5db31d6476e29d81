// Warns five minutes before an idle session ends; one key stays signed in.
const IDLE = 30 * 60 * 1000;
const WARN = 5 * 60 * 1000;
const dialog = document.getElementById("session-warning");

let waiting = 0;

function wait() {
  clearTimeout(waiting);
  waiting = setTimeout(warn, IDLE - WARN);
}
function warn() {
  dialog.showModal();
  waiting = setTimeout(() => window.location.reload(), WARN);
}
async function extend() {
  try {
    await fetch(dialog.dataset.extendUrl, { credentials: "same-origin", cache: "no-store" });
  } finally {
    wait();
  }
}

if (dialog && typeof dialog.showModal === "function") {
  dialog.addEventListener("close", extend);
  wait();
}
