// Shows each copy button and lets it copy the box it names.
for (const button of document.querySelectorAll("[data-copy]")) {
  const box = document.getElementById(button.dataset.copy);
  const said = button.parentElement.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(box.value);
      said.textContent = "Copied";
    } catch {
      box.select();
      said.textContent = "Selected. Press Ctrl and C to copy";
    }
  });
}
