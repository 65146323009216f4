// Remember what a page says on the console, what fails in it, and what the policy blocks.
window.seen = [];
for (const kind of ["debug", "log", "info", "warn", "error"]) console[kind] = (...words) => seen.push(`${kind}: ${words.join(" ")}`);
addEventListener("error", ({ message, target }) => {
  if (target.rel === "next") return; // Firefox fetches the next page ahead, and gives that up when the reader moves on
  seen.push(message || `not loaded: ${target.src || target.href}`);
}, true);
addEventListener("unhandledrejection", ({ reason }) => seen.push(`rejected: ${reason}`));
addEventListener("securitypolicyviolation", (event) => seen.push(`blocked: ${event.effectiveDirective} ${event.blockedURI}`));
