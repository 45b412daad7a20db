// Loads a page of the preview again when what it shows has changed, and follows links in the framed page.

const shown = `"${document.querySelector("meta[name=digest]").content}"`;
const notice = document.getElementById("status");
const frame = document.querySelector("iframe");
const left = JSON.parse(sessionStorage.getItem("left") ?? "{}");
sessionStorage.removeItem("left");
let changes = null;

async function look() {
  notice.textContent = "";
  const reply = await fetch(location.href, { method: "HEAD", cache: "no-store" }).catch(() => null);
  if (reply && reply.headers.get("etag") !== shown) {
    // The browser finds the place on this page again, but neither the focus nor the place in the frame.
    const focused = document.activeElement?.getAttribute("href");
    sessionStorage.setItem("left", JSON.stringify({ focused, scrolled: frame?.contentWindow.scrollY }));
    location.reload();
  }
}

// A browser keeps only a few connections to one server: a tab that nobody sees must not hold one.
function attend() {
  changes?.close();
  if (document.hidden) return;
  changes = new EventSource("/changes");
  changes.onmessage = look;
  changes.onerror = () => (notice.textContent = "The preview does not answer: what is shown may be old.");
}

function follow(event) {
  const link = event.target.closest("a[href]");
  if (!link) return;
  if (link.origin !== location.origin) {
    link.target = "_blank";
    link.rel = "noopener noreferrer";
  } else if (link.pathname !== frame.contentWindow.location.pathname) {
    event.preventDefault();
    const page = link.pathname.match(/^\/exports\/(.+)\.html$/);
    if (page) location.assign(`/page/${page[1]}`);
    else notice.textContent = `${link.pathname} is a page of the website, which is not here.`;
  }
}

frame?.addEventListener("load", () => {
  frame.contentDocument.addEventListener("click", follow);
  frame.contentWindow.scrollTo(0, left.scrolled ?? 0);
  if (!location.hash) return;
  frame.contentWindow.location.hash = location.hash;
  // Once: when the page is loaded again, the reader may be elsewhere on it.
  history.replaceState(null, "", location.pathname + location.search);
});

if (left.focused) document.querySelector(`a[href="${CSS.escape(left.focused)}"]`)?.focus({ preventScroll: true });

document.addEventListener("visibilitychange", attend);
attend();
