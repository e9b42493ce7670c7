(() => {
  const root = document.documentElement;
  const left = () => { try { return sessionStorage.getItem("exit"); } catch { return null; } };
  const leave = () => { root.hidden = true; document.title = " "; location.replace(left()); };
  const way = performance.getEntriesByType("navigation")[0]?.type;
  if (left()) {
    if (way === "navigate") sessionStorage.removeItem("exit"); else leave();
  }
  addEventListener("pagehide", () => { root.hidden = true; });
  addEventListener("pageshow", () => { if (left()) leave(); else root.hidden = false; });
})();
