// Discreet reading: the whole site under one neutral title and in one entry of the history. Links and forms are
// fetched and shown in the same place; what was read is known to this page only, and a reload ends it.
const button = (event, name) => event.target.closest?.(`[data-discreet="${name}"]`);
const root = document.documentElement;
const OTHER = /^\/(cms|api|documents|media|static|accounts)\//;
let way = null;

const show = async (address, options) => {
  const answer = await fetch(address, options);
  const next = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const note of next.querySelectorAll("noscript")) note.remove();
  root.lang = next.documentElement.lang;
  root.dir = next.documentElement.dir;
  document.body.replaceWith(document.adoptNode(next.body));
  scrollTo(0, 0);
  const { hash } = new URL(address, location.href);
  if (hash) document.querySelector(hash)?.scrollIntoView();
  document.querySelector("main").focus({ preventScroll: Boolean(hash) });
  return answer.url + hash;
};

const go = async (address, options) => {
  way.push(await show(address, options));
};

const begin = (start) => {
  way = [location.href];
  root.dataset.reading = "discreet";
  document.title = start.dataset.title;
  history.replaceState(null, "", start.dataset.address);
};

document.addEventListener("click", async (event) => {
  const start = button(event, "begin");
  if (start) begin(start);
  if (!way || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  if (button(event, "end")) location.replace(way.at(-1));
  if (button(event, "back") && way.length > 1) {
    way.pop();
    await show(way.at(-1));
  }
  const link = event.target.closest("a[href]");
  if (!link || link.origin !== location.origin || OTHER.test(link.pathname) || link.matches(".exit")) return;
  event.preventDefault();
  const here = new URL(way.at(-1));
  const address = new URL(link.getAttribute("href"), here);
  if (address.hash && address.pathname + address.search === here.pathname + here.search) {
    document.querySelector(address.hash)?.scrollIntoView();
  } else {
    await go(address.href);
  }
});

document.addEventListener("submit", async (event) => {
  if (!way) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(event.target, event.submitter));
  await go(new URL(event.target.getAttribute("action"), way.at(-1)).href, { method: "POST", body });
});
