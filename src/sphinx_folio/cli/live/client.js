// Added to pages by “sphinx-folio live” as they are served: reloads the page when it has changed, and shows warnings.
(() => {
  const script = document.currentScript;
  const key = "sphinx-folio-live";
  const position = JSON.parse(sessionStorage.getItem(key) || "null");
  sessionStorage.removeItem(key);
  if (position && position.path === location.pathname) {
    const back = () => scrollTo({ left: position.x, top: position.y, behavior: "instant" });
    back();
    addEventListener("load", back, { once: true });
  }

  const host = document.createElement("div");
  host.id = "sphinx-folio-live";
  const panel = host.attachShadow({ mode: "open" });
  const style = new CSSStyleSheet(); // a policy of the site does not block it
  style.replaceSync(`
    :host { position: fixed; inset: auto 1rem 1rem auto; z-index: 2147483647; max-width: min(44rem, calc(100vw - 2rem)); }
    details { background: #fffbe6; color: #3b2f00; border: 1px solid #b38600; border-radius: .5rem; box-shadow: 0 2px 12px #0004;
      font: 14px/1.5 system-ui, sans-serif; }
    details.error { background: #fff0f0; color: #4a0000; border-color: #b00020; }
    summary { cursor: pointer; padding: .5rem .75rem; font-weight: 600; }
    ul { margin: 0; padding: 0 .75rem .5rem; list-style: none; max-height: 40vh; overflow: auto; }
    li { padding: .25rem 0; border-top: 1px solid #0002; white-space: pre-wrap; overflow-wrap: anywhere;
      font: 13px/1.5 ui-monospace, monospace; }
    @media (prefers-color-scheme: dark) {
      details { background: #2b2412; color: #f6e7b4; border-color: #8f6f12; }
      details.error { background: #35161a; color: #ffd9dc; border-color: #c94f5c; }
      li { border-color: #fff3; }
    }
    @media print { :host { display: none; } }`);
  panel.adoptedStyleSheets = [style];
  const live = document.createElement("div");
  live.setAttribute("role", "status");
  panel.append(live);
  const closed = `${key}-closed`; // remembered while the author edits, which reloads the page

  function show(report) {
    live.replaceChildren();
    if (!report.lines || !report.lines.length) {
      host.remove();
      return;
    }
    const details = document.createElement("details");
    details.open = !sessionStorage.getItem(closed);
    details.className = report.failed ? "error" : "";
    details.addEventListener("toggle", () => {
      if (details.open) sessionStorage.removeItem(closed);
      else sessionStorage.setItem(closed, "1");
    });
    const summary = document.createElement("summary");
    summary.textContent = report.title;
    const list = document.createElement("ul");
    for (const line of report.lines) {
      const item = document.createElement("li");
      item.textContent = line;
      list.append(item);
    }
    details.append(summary, list);
    live.append(details);
    if (!host.isConnected) document.body.append(host);
  }

  const events = new EventSource(script.dataset.events);
  events.addEventListener("report", (event) => show(JSON.parse(event.data)));
  events.addEventListener("reload", () => {
    const here = { path: location.pathname, x: scrollX, y: scrollY };
    sessionStorage.setItem(key, JSON.stringify(here));
    events.close();
    location.reload();
  });
  addEventListener("pagehide", () => events.close());
})();
