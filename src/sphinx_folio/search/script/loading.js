// Everything is loaded by script tags, so that it works from a file and under a strict policy.

const waiting = new Map();
let engine = null;
let version = new URL(document.currentScript.src).search; // of this script: an index of another form is never taken for its own
let again = false; // whether an index named files that are gone, an old copy out of a cache, and was asked for again

function script(name) {
  return new Promise((resolve, reject) => {
    waiting.set(name, [...(waiting.get(name) || []), resolve]); // two engines may ask for the same
    const tag = element("script", { src: new URL(name, FOLDER).href + version });
    tag.onerror = () => reject(new Error(name));
    document.head.append(tag);
  });
}

function deliver(name, content) {
  for (const resolve of waiting.get(name) || []) resolve(content);
  waiting.delete(name);
}

function turnToSearch() {
  engine = engine || script("index.js").then((core) => new Engine(core, script));
  engine.catch(() => (engine = null));
  return engine;
}

async function answerTo(...asking) {
  const asked = turnToSearch();
  try {
    const ready = await asked;
    return { ready, ...(await ready.search(...asking)) };
  } catch (error) {
    if (engine && engine !== asked) return answerTo(...asking); // another answer has asked again already
    if (again) throw error;
    again = true;
    version = `?${Date.now()}`;
    engine = null;
    return answerTo(...asking);
  }
}
