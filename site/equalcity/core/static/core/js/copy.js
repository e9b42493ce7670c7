// Copies a citation or the link to a search. The button is there only where copying works.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy || document.querySelector(button.dataset.from).textContent.trim());
    button.textContent = button.dataset.done;
  });
}
