// Loads the index files and the engine, by script elements: that works for pages opened from a disk and under a strict
// Content-Security-Policy.

const pending = new Map(); // file name → functions that resolve the promises of its content
let engine = null; // a promise
// The version of this script, added to the address of index.js, so that a browser never uses an old copy with another format.
let version = new URL(document.currentScript.src).search;
let hasReloaded = false; // whether the index was loaded again because it named files that no longer exist

// Resolves to the content of an index file; rejected with its name if it cannot be loaded.
function loadFile(name) {
  return new Promise((resolve, reject) => {
    pending.set(name, [...(pending.get(name) || []), resolve]); // two engines may wait for the same file
    const tag = element("script", { src: new URL(name, FOLDER).href + version });
    tag.onerror = () => reject(new Error(name));
    document.head.append(tag);
  });
}

// Called by the index files themselves.
function deliver(name, content) {
  for (const resolve of pending.get(name) || []) resolve(content);
  pending.delete(name);
}

// Resolves to the engine; after a failure, the next call tries again.
function loadEngine() {
  engine = engine || loadFile("index.js").then((core) => new SearchEngine(core, loadFile));
  engine.catch(() => (engine = null));
  return engine;
}

// Resolves to the engine and its answer (see SearchEngine.search). A file that is missing means that index.js came from an old
// cache: it is then loaded once more under another address.
async function search(...query) {
  const loading = loadEngine();
  try {
    const loaded = await loading;
    return { engine: loaded, ...(await loaded.search(...query)) };
  } catch (error) {
    if (engine && engine !== loading) return search(...query); // another search has reloaded the index already
    if (hasReloaded) throw error;
    hasReloaded = true;
    version = `?${Date.now()}`;
    engine = null;
    return search(...query);
  }
}
