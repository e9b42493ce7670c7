// “Select all” ticks or clears every language of the form.
document.querySelector("[name=select_all]")?.addEventListener("change", ({ target }) => {
  for (const box of document.querySelectorAll("[name=locales]")) box.checked = target.checked;
});
