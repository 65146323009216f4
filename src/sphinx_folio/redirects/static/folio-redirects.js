// Sends readers on from what has moved, to the very anchor that they asked for, with the query of the address.
"use strict";

(() => {
  const leadOn = () => {
    const asked = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const part = asked && asked.classList.contains("folio-moved") ? asked : null;
    const link = (part || document.querySelector(".folio-moved-page"))?.querySelector("a");
    if (!link) {
      return;
    }
    const address = new URL(link.href);
    if (!part && !address.hash) {
      address.hash = location.hash;
    }
    address.search ||= location.search;
    location.replace(address.href);
  };
  addEventListener("hashchange", leadOn);
  leadOn();
})();
