// Loads the index files and the engine, by script elements: that works for pages opened from a disk and under a strict
// Content-Security-Policy.

const files = new Map(); // file name → promise of its content
const pending = new Map(); // file name → function that resolves this promise
let engine = null; // a promise
// The version of this script, added to the address of index.js, so that a browser never uses an old copy with another format.
let version = new URL(document.currentScript.src).search;
let hasReloaded = false; // whether the index was loaded again because it named files that no longer exist

// Resolves to the content of an index file; rejected with its name if it cannot be loaded, and tried again by the next call.
function loadFile(name) {
  if (!files.has(name)) {
    const loading = new Promise((resolve, reject) => {
      pending.set(name, resolve);
      const tag = element("script", { src: new URL(name, FOLDER).href + version });
      tag.onerror = tag.onload = () => reject(new Error(name)); // too late if it has been delivered
      document.head.append(tag);
    });
    files.set(name, loading);
    loading.catch(() => files.delete(name));
  }
  return files.get(name);
}

// Called by the index files themselves.
function deliver(name, content) {
  pending.get(name)?.(content);
}

// Resolves to the engine; after a failure, the next call tries again.
function loadEngine() {
  engine = engine || loadFile("index.js").then(async (core) => new (core.terms ? await loadFile(LARGE) : SearchEngine)(core, loadFile));
  engine.catch(() => (engine = null));
  return engine;
}

// Resolves to the engine's answer (see SearchEngine.search). A file that is missing means that index.js came from an old
// cache: it is then loaded once more under another address.
async function search(...query) {
  const loading = loadEngine();
  try {
    return await (await loading).search(...query);
  } catch (error) {
    if (engine && engine !== loading) return search(...query); // another search has reloaded the index already
    if (hasReloaded) throw error;
    hasReloaded = true;
    version = `?${Date.now()}`;
    engine = null;
    files.clear();
    return search(...query);
  }
}
