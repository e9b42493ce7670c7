// Leaving at once. The link works without this; with it the page is blank before the other site answers, and Back
// shows nothing of ours (the guard in <head> reads the flag that is set here).
const link = document.querySelector(".exit");

const leave = () => {
  document.documentElement.hidden = true;
  document.title = " ";
  try { sessionStorage.setItem("exit", link.href); } catch { /* storage is off: we still leave */ }
  history.replaceState(null, "", "/");
  location.replace(link.href);
};

let presses = [];
const count = (event) => {
  if (event.key !== "Shift") presses = [];
  if (event.key !== "Shift" || event.repeat) return;
  presses = [...presses.filter((time) => event.timeStamp - time < 1500), event.timeStamp];
  if (presses.length >= 3) leave();
};

link.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});
addEventListener("keydown", count);
document.querySelector(".exitbar__hint").hidden = false;
