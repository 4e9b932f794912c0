// In a frame on another website: tells the page around it how high it is, that Escape was pressed, that answers
// arrived. It answers only a page that asked, and only one of the websites that the survey allows.
"use strict";

(() => {
  if (parent === window) return;
  const listed = document.querySelector("meta[name=framed-by]").content.split(" ");
  const allowed = new Set([location.origin, ...listed.filter(Boolean)]);
  let asker = "";
  let told = 0;

  const tell = (message) => {
    if (asker) parent.postMessage({ feedback: 1, ...message }, asker);
  };
  const tellHeight = () => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    if (height !== told) tell({ height });
    if (asker) told = height;
  };

  addEventListener("message", (event) => {
    if (event.source !== parent || !allowed.has(event.origin) || event.data !== "feedback:hello") return;
    asker = event.origin;
    told = 0;
    tellHeight();
    if (document.querySelector("[data-arrived]")) tell({ answered: true });
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") tell({ escape: true });
  });
  new ResizeObserver(tellHeight).observe(document.body);
})();
