// Leaving at once. The link works without this; with it the page is blank before the other site answers, and Back
// shows nothing of ours (the guard in <head> reads the flag that is set here).
const leave = () => {
  const { href } = document.querySelector(".exit");
  document.documentElement.hidden = true;
  document.title = " ";
  try { sessionStorage.setItem("exit", href); } catch { /* storage is off: we still leave */ }
  history.replaceState(null, "", "/");
  location.replace(href);
};

let presses = [];
const count = (event) => {
  if (event.key !== "Shift") presses = [];
  if (event.key !== "Shift" || event.repeat) return;
  presses = [...presses.filter((time) => event.timeStamp - time < 1500), event.timeStamp];
  if (presses.length >= 3) leave();
};

// On the document, not on the link: the discreet mode exchanges the body.
document.addEventListener("click", (event) => {
  if (!event.target.closest(".exit")) return;
  event.preventDefault();
  leave();
});
document.addEventListener("keydown", count);
