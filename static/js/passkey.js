// Makes a passkey, or asks for one, and sends the device's answer with the form around the button.
// <form data-passkey="create" or "get" data-passkey-options="id of a JSON block, or an address that gives one">
const BYTES = ["challenge", "id"];

const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const toText = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function unpacked(value, name) {
  if (Array.isArray(value)) return value.map((one) => unpacked(one));
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, key === "rp" ? inner : unpacked(inner, key)]));
  }
  return BYTES.includes(name) && typeof value === "string" ? toBytes(value) : value;
}

function packed(credential) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = toText(credential.response[part]);
  }
  return JSON.stringify({
    id: credential.id, rawId: toText(credential.rawId), type: credential.type, response,
    authenticatorAttachment: credential.authenticatorAttachment, clientExtensionResults: credential.getClientExtensionResults(),
  });
}

async function optionsOf(form) {
  const block = document.getElementById(form.dataset.passkeyOptions);
  if (block) return JSON.parse(block.textContent);
  const answer = await fetch(form.dataset.passkeyOptions, { headers: { Accept: "application/json" } });
  return (await answer.json()).request_options.publicKey;
}

for (const form of document.querySelectorAll("[data-passkey]")) {
  const button = form.querySelector("[data-passkey-button]");
  const said = form.querySelector("[data-passkey-said]");
  if (!window.PublicKeyCredential) {
    said.textContent = "This browser has no passkeys.";
    continue;
  }
  button.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    said.textContent = "";
    try {
      const publicKey = unpacked(await optionsOf(form));
      form.elements.credential.value = packed(await navigator.credentials[form.dataset.passkey]({ publicKey }));
      form.submit();
    } catch (problem) {
      said.textContent = problem.name === "InvalidStateError" ? "This device already has a passkey for your account." : "No passkey was given. Try again, or use another way.";
    }
  });
}
