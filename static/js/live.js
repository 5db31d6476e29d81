// The keys of the page of a meeting, only with Alt and Shift, and only while they are wanted; and a count of seconds.
const KEPT = "throughline-keys";
const box = document.querySelector("[data-keys]");
let wanted = true;
try {
  wanted = localStorage.getItem(KEPT) !== "off";
} catch {
  // Where nothing may be kept, the keys are on until the page is left.
}
if (box) {
  box.checked = wanted;
  box.addEventListener("change", () => {
    wanted = box.checked;
    try {
      localStorage.setItem(KEPT, wanted ? "on" : "off");
    } catch {
      // Kept for this page alone.
    }
  });
}
function find(name) {
  return document.querySelector(`[data-shortcut="${name}"]`);
}
const DEEDS = {
  // Saves where a decision is chosen, and otherwise only goes on.
  KeyN: () => (document.querySelector('input[name="outcome"]:checked') ? find("n") : find("next") || find("n"))?.click(),
  KeyP: () => find("p")?.click(),
  KeyA: () => {
    const heading = find("a");
    heading?.closest("details")?.setAttribute("open", "");
    heading?.focus();
  },
};
document.addEventListener("keydown", (event) => {
  if (!wanted || !event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey || !DEEDS[event.code]) return;
  event.preventDefault();
  DEEDS[event.code]();
});
// A page that changes by itself looks again every few seconds, so that nobody touches it, until it says that it is done.
const shared = document.querySelector("[data-look-again]");
if (shared) {
  const looking = setInterval(async () => {
    try {
      const answer = await fetch(window.location.href, { credentials: "same-origin" });
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-look-again]");
      if (fresh && fresh.innerHTML !== shared.innerHTML) shared.innerHTML = fresh.innerHTML;
      if (fresh && !Number(fresh.dataset.lookAgain)) clearInterval(looking);
    } catch {
      // It looks again in a few seconds.
    }
  }, Number(shared.dataset.lookAgain) * 1000);
}
