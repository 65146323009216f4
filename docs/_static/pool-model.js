// Contention for an address pool; a test compares it with tests/site/model.py.
"use strict";

for (const box of document.querySelectorAll(".pool-model")) {
  const POOL = 16, MS_PER_STEP = 5, BACKOFF = [2, 3, 5, 7], SEED = 209;
  const SIGNS = { queue: "·", read: "↓", write: "↑", wait: "↻", done: "✓", failed: "✕" };
  const PHASES = Object.keys(SIGNS);
  const words = box.querySelector(".pool-model-words").textContent.split("|").map((word) => word.trim());
  const [playWord, pauseWord, stepWord, endWord, poolWord, ...nodes] = words.slice(0, 7);
  const name = (phase) => words[7 + PHASES.indexOf(phase)];
  const [heads, ...rows] = [...box.querySelectorAll("tr")].map((row) => [...row.cells].map((cell) => cell.textContent.trim()));
  const modes = [...new Set(rows.map((row) => row[0]))]; // tickets, no tickets, blocks
  const loads = [...new Set(rows.map((row) => row[1]))];
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let mode = 0, load = 0, timer;
  let state, requests, version, addresses, step, writes, conflicts;

  const latency = () => 1 + (state = (state * 16807) % 2147483647) % 3;
  const begin = (request, phase, left = latency()) => Object.assign(request, { phase, left });
  const works = ({ phase }) => ["read", "write", "wait"].includes(phase);
  const count = (phase, among = requests) => among.filter((request) => request.phase === phase).length;
  const isOver = () => count("done") + count("failed") === requests.length;

  function advance(request) {
    if ((request.left -= 1)) return;
    if (request.phase === "wait") return begin(request, "read");
    if (request.phase === "read") {
      request.seen = version[request.target];
      return request.seen === (mode === 2 ? POOL / 2 : POOL) ? begin(request, "failed", 0) : begin(request, "write");
    }
    writes += 1;
    request.attempts += 1;
    const taken = request.seen;
    if (taken === version[request.target]) {
      version[request.target] += 1; // below: scattered
      addresses[mode === 2 ? 8 * request.node + ((3 * taken + 1) % 8) : (7 * taken + 3) % 16] = request.node;
      return begin(request, "done", 0);
    }
    conflicts += 1;
    const pause = BACKOFF[request.attempts - 1] ?? 0;
    begin(request, pause ? "wait" : "failed", pause);
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
    for (const key in attributes) element.setAttribute(key, attributes[key]);
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
      radio.onchange = () => reset(set(n));
      item.append(choice);
    });
  };
  choose(heads[0], modes, (n) => (mode = n));
  choose(heads[1], loads, (n) => (load = n));
  const lines = [...nodes, poolWord].map((label) => {
    const line = make("div", face, { class: "pool-model-line" });
    make("span", line, { "aria-hidden": "true" }, label);
    return [label, make("span", line, { role: "img" })];
  });
  make("p", face, { class: "pool-model-key" }, PHASES.map((phase) => `${SIGNS[phase]} ${name(phase)}`).join("  "));
  const status = make("p", face, { role: "status" });
  const buttons = make("div", face);
  const button = (word, press) => {
    const element = make("button", buttons, { type: "button" }, word);
    element.onclick = press;
    return element;
  };

  function show() {
    lines.forEach(([label, cells], n) => {
      const own = requests.filter((request) => request.node === n);
      const said = n < 2 ? PHASES.map((phase) => `${name(phase)} ${count(phase, own)}`) : [count("done")];
      cells.setAttribute("aria-label", `${label}: ${said.join(", ")}`);
      cells.replaceChildren();
      if (n < 2) for (const { phase } of own) make("span", cells, { "data-phase": phase }, SIGNS[phase]);
      else for (const node of addresses) make("span", cells, { "data-phase": `node-${node}` }, nodes[node]?.at(-1));
    });
    const values = [writes, conflicts, count("failed"), step * MS_PER_STEP].map((value, n) => `${heads[2 + n]} ${value}`);
    const said = [...values, `${name("queue")} ${count("queue")}`];
    status.replaceChildren();
    said.forEach((words, n) => status.append(n ? " " : "") || make("span", status, {}, words));
    play.textContent = timer ? pauseWord : playWord;
    play.hidden = still.matches;
    status.setAttribute("aria-live", timer ? "off" : "polite");
  }

  const stop = () => (timer = clearInterval(timer));

  function reset() {
    stop();
    [state, step, writes, conflicts, version, addresses] = [SEED, 0, 0, 0, [0, 0], Array(POOL).fill(-1)];
    requests = loads[load].split("+").flatMap((pods, node) =>
      Array.from({ length: Number(pods) }, () => ({ node, target: mode === 2 ? node : 0, phase: "queue", attempts: 0 })));
    admit();
    show();
  }

  const move = (steps) => {
    stop();
    if (isOver()) reset();
    for (let n = 0; n < steps && !isOver(); n += 1) next();
    show();
  };
  const play = button(playWord, () => {
    if (timer) return show(stop());
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
  still.onchange = () => show(stop());
  reset();
  box.classList.add("pool-model-runs");
}
