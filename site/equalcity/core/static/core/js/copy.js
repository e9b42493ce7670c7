// Copies a citation or the link to a search. CSS shows these buttons only where scripts run.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const text = button.dataset.copy || document.querySelector(button.dataset.from).textContent;
  await navigator.clipboard.writeText(text.trim().replace(/\s+/g, " "));
  button.textContent = button.dataset.done;
});
