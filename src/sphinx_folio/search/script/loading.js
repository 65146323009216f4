// Everything is loaded by script tags, so that it works from a file and under a strict policy.

const waiting = new Map();
let engine = null;
let stale = ""; // set once an index named files that are gone: an old copy out of a cache, to be asked for again

function script(name) {
  return new Promise((resolve, reject) => {
    waiting.set(name, resolve);
    const tag = element("script", { src: new URL(name, FOLDER).href + stale });
    tag.onerror = () => reject(new Error(name));
    document.head.append(tag);
  });
}

function turnToSearch() {
  engine = engine || script("index.js").then((core) => new Engine(core, script));
  engine.catch(() => (engine = null));
  return engine;
}

async function answerTo(query, facets, shown) {
  const asked = turnToSearch();
  try {
    const ready = await asked;
    return { ready, ...(await ready.search(query, facets, shown)) };
  } catch (error) {
    if (engine && engine !== asked) return answerTo(query, facets, shown); // another answer has asked again already
    if (stale) throw error;
    stale = `?${Date.now()}`;
    engine = null;
    return answerTo(query, facets, shown);
  }
}
