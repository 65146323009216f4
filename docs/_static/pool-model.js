// A model of contention for an address pool, in place of the table of its results. All words are those of the page.
// tests/site/model.py is the same model; a test compares the two.
"use strict";

for (const box of document.querySelectorAll(".pool-model")) {
  const POOL = 16, MS_PER_STEP = 5, BACKOFF = [2, 3, 5, 7], SEED = 209;
  const SIGNS = { queue: "·", read: "↓", write: "↑", wait: "↻", done: "✓", failed: "✕" };
  const words = box.querySelector(".pool-model-words").textContent.split("|").map((word) => word.trim());
  const [playWord, pauseWord, stepWord, endWord, resetWord, poolWord, firstNode, secondNode] = words;
  const phaseWords = Object.fromEntries(Object.keys(SIGNS).map((phase, n) => [phase, words[8 + n]]));
  const texts = (cells) => [...cells].map((cell) => cell.textContent.trim());
  const heads = texts(box.querySelectorAll("thead th"));
  const rows = [...box.querySelectorAll("tbody tr")].map((row) => texts(row.cells));
  const modes = [...new Set(rows.map((row) => row[0]))]; // tickets, no tickets, blocks
  const loads = [...new Set(rows.map((row) => row[1]))];
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let mode = 0, load = 0, timer = 0;
  let state, requests, version, addresses, step, writes, conflicts;

  const latency = () => 1 + (state = (state * 16807) % 2147483647) % 3;
  const begin = (request, phase, left = latency()) => Object.assign(request, { phase, left });
  const works = (request) => ["read", "write", "wait"].includes(request.phase);
  const count = (phase, among = requests) => among.filter((request) => request.phase === phase).length;
  const isOver = () => !requests.some((request) => works(request) || request.phase === "queue");

  function advance(request) {
    if ((request.left -= 1)) return;
    if (request.phase === "wait") return begin(request, "read");
    if (request.phase === "read") {
      request.seen = version[request.target];
      return request.seen === (mode === 2 ? POOL / 2 : POOL) ? begin(request, "failed", 0) : begin(request, "write");
    }
    writes += 1;
    request.attempts += 1;
    if (request.seen === version[request.target]) {
      const taken = version[request.target]++; // scattered, as if chosen at random
      addresses[mode === 2 ? 8 * request.node + ((3 * taken + 1) % 8) : (7 * taken + 3) % 16] = request.node;
      return begin(request, "done", 0);
    }
    conflicts += 1;
    if (request.attempts > BACKOFF.length) begin(request, "failed", 0);
    else begin(request, "wait", BACKOFF[request.attempts - 1]);
  }

  function admit() {
    for (const request of requests) {
      const isBusy = requests.some((other) => other.node === request.node && works(other));
      if (request.phase === "queue" && (mode === 1 || !isBusy)) begin(request, "read");
    }
  }

  function next() {
    step += 1;
    for (const request of step % 2 ? requests : [...requests].reverse()) if (works(request)) advance(request);
    admit();
  }

  function make(tag, parent, attributes = {}, text = "") {
    const element = parent.appendChild(document.createElement(tag));
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.textContent = text;
    return element;
  }

  const face = make("div", box, { class: "pool-model-face" });
  const choose = (label, choices, set) => {
    const group = make("fieldset", face);
    make("legend", group, {}, label);
    choices.forEach((choice, n) => {
      const item = make("label", group);
      const radio = make("input", item, { type: "radio", name: label });
      radio.checked = n === 0;
      radio.addEventListener("change", () => { set(n); reset(); });
      item.append(choice);
    });
  };
  choose(heads[0], modes, (n) => (mode = n));
  choose(heads[1], loads, (n) => (load = n));
  const lines = [firstNode, secondNode, poolWord].map((name) => {
    const line = make("div", face, { class: "pool-model-line" });
    make("span", line, { "aria-hidden": "true" }, name);
    return [name, make("span", line, { role: "img" })];
  });
  make("p", face, { class: "pool-model-key" }, Object.keys(SIGNS).map((phase) => `${SIGNS[phase]} ${phaseWords[phase]}`).join("  "));
  const status = make("p", face, { role: "status" });
  const buttons = make("div", face);
  const button = (word, press) => {
    const element = make("button", buttons, { type: "button" }, word);
    element.addEventListener("click", press);
    return element;
  };

  function show() {
    lines.forEach(([name, cells], n) => {
      const own = requests.filter((request) => request.node === n);
      const phases = n < 2 ? own.map((request) => request.phase) : addresses.map((node) => (node < 0 ? "free" : `node-${node}`));
      const letters = n < 2 ? phases.map((phase) => SIGNS[phase]) : addresses.map((node) => [firstNode, secondNode][node]?.at(-1) ?? "");
      const said = n < 2
        ? Object.keys(SIGNS).map((phase) => `${phaseWords[phase]} ${count(phase, own)}`).join(", ")
        : `${count("done")} / ${POOL}`;
      cells.setAttribute("aria-label", `${name}: ${said}`);
      cells.replaceChildren();
      phases.forEach((phase, i) => make("span", cells, { "data-phase": phase }, letters[i]));
    });
    const values = [writes, conflicts, count("failed"), step * MS_PER_STEP];
    status.textContent = [...values.map((value, n) => `${heads[2 + n]} ${value}`), `${phaseWords.queue} ${count("queue")}`].join(" · ");
    play.textContent = timer ? pauseWord : playWord;
    play.hidden = still.matches;
    status.setAttribute("aria-live", timer ? "off" : "polite");
  }

  function stop() {
    clearInterval(timer);
    timer = 0;
  }

  function reset() {
    stop();
    const target = (node) => (mode === 2 ? node : 0);
    [state, step, writes, conflicts, version, addresses] = [SEED, 0, 0, 0, [0, 0], Array(POOL).fill(-1)];
    requests = loads[load].split("+").flatMap((pods, node) =>
      Array.from({ length: Number(pods) }, () => ({ node, target: target(node), phase: "queue", attempts: 0 })));
    admit();
    show();
  }

  const move = (steps) => {
    stop();
    for (let n = 0; n < steps && !isOver(); n += 1) next();
    show();
  };
  const play = button(playWord, () => {
    if (timer) return move(0);
    if (isOver()) reset();
    timer = setInterval(() => {
      next();
      if (isOver()) stop();
      show();
    }, 150);
    show();
  });
  button(stepWord, () => move(1));
  button(endWord, () => move(1000));
  button(resetWord, reset);
  still.addEventListener("change", () => move(0));
  reset();
  box.classList.add("pool-model-runs");
}
