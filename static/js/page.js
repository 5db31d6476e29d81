// Wakes the frontend's own modules, and ours where the page asks for them.
import { initAll } from "../vendor/govuk-frontend/govuk-frontend.min.js";

document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
}
initAll();
// On a narrow page the folded regions start closed; without scripts they arrive open.
if (window.matchMedia("(max-width: 59.99em)").matches) {
  document.querySelectorAll("details.fold").forEach((fold) => fold.removeAttribute("open"));
}
if (document.querySelector("[data-autosave]")) {
  import("./autosave.js");
}
if (document.querySelector("[data-copy]")) {
  import("./copy.js");
}
if (document.querySelector("[data-passkey]")) {
  import("./passkey.js");
}
