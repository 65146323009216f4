// The field for a job posting: its script and vocabulary load when a reader starts to use it. Nothing is sent.
"use strict";

{
  const { src } = document.currentScript;
  const ENGINE = new URL("folio-match-engine.js", src).href;
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = new URL("folio-match.css", src).href;
  let engine;
  const load = () => {
    engine ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = ENGINE;
      script.addEventListener("load", () => resolve(folioMatch));
      script.addEventListener("error", reject);
      document.head.append(script);
    });
    engine.catch(() => (engine = undefined));
    return engine;
  };
  for (const box of document.querySelectorAll(".folio-match")) {
    const field = box.querySelector("textarea");
    const say = (text) => (box.querySelector("[role=status]").textContent = text);
    const isTooLong = (text) => text.length > Number(box.dataset.most);
    const compare = async () => {
      if (isTooLong(field.value)) {
        say(box.dataset.tooLong);
        return;
      }
      try {
        await (await load()).show(box);
      } catch {
        say(box.dataset.failed);
      }
    };
    for (const event of ["load", "error"]) style.addEventListener(event, () => (box.hidden = false));
    field.addEventListener("focus", () => load().catch(() => {}), { once: true });
    const refuse = (event) => {
      if (!isTooLong((event.clipboardData ?? event.dataTransfer)?.getData("text/plain") ?? "")) return;
      event.preventDefault();
      say(box.dataset.tooLong);
    };
    field.addEventListener("paste", refuse);
    field.addEventListener("drop", refuse);
    field.addEventListener("input", (event) => {
      if (event.inputType === "insertFromPaste" || event.inputType === "insertFromDrop") compare();
    });
    box.querySelector("button").addEventListener("click", () => {
      field.reportValidity(); // asks for a posting
      compare();
    });
  }
  document.head.append(style);
}
