/* Draws the diagrams of a page where they could not be drawn while building. */
"use strict";

window.mermaid.initialize({
  startOnLoad: false,
  securityLevel: "strict",
  theme: window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "neutral",
});
window.mermaid.run({ querySelector: "pre.mermaid" });
