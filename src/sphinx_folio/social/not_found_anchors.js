// Links within the page stay on it: with a base, they would lead to the root of the site.
addEventListener("DOMContentLoaded", () => {
  for (const link of document.querySelectorAll('a[href^="#"]')) link.href = location.href.split("#")[0] + link.getAttribute("href");
});
