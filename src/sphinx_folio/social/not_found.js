// The host shows this page at any address. The root of the site is the shortest folder of that address with an inventory.
(() => {
  const base = document.querySelector("base");
  const [, language, page] = base.getAttribute("href").match(/^(.*?)(404\/)?$/); // with dirhtml, the page has a folder
  const folders = location.pathname.split("/");
  if (location.protocol === "file:") base.remove();
  else
    for (let count = 1; count < folders.length; count += 1) {
      const root = folders.slice(0, count).join("/") + language;
      const request = new XMLHttpRequest();
      request.open("HEAD", `${root}objects.inv`, false); // synchronous: the style sheets below need the answer
      request.send();
      if (request.status === 200) {
        base.href = root + (page ?? "");
        break;
      }
    }
})();
