// What an invited person has answered so far is kept by the site as it is given. The button does the same without this.
"use strict";

(() => {
  const form = document.querySelector("form[data-save]");
  const place = document.querySelector("[data-saving]");
  if (!form || !place) return;
  const PAUSE = 1200;
  const AGAIN = 10_000;
  let waiting;
  let isOnItsWay = false;
  let isChanged = false;

  form.addEventListener("input", () => {
    isChanged = true;
    later(PAUSE);
  });
  // What is sent by the form itself is not sent by us as well.
  form.addEventListener("submit", () => {
    isChanged = false;
    clearTimeout(waiting);
  });
  // Another language is another page: what was just answered is to be there already.
  document.querySelector("form.languages")?.addEventListener("submit", async (event) => {
    if (!isChanged && !isOnItsWay) return;
    event.preventDefault();
    await save();
    isChanged = false;
    event.target.requestSubmit(event.submitter);
  });
  addEventListener("pagehide", () => save());
  addEventListener("online", () => later(0));

  function later(pause) {
    clearTimeout(waiting);
    waiting = setTimeout(save, pause);
  }

  // One at a time: two that overtook each other would leave the older answers.
  async function save() {
    if (!isChanged || isOnItsWay) return;
    isChanged = false;
    isOnItsWay = true;
    const status = await sent();
    isOnItsWay = false;
    if (!status || status >= 500) {
      isChanged = true;
      later(AGAIN);
    } else if (isChanged) later(PAUSE);
    tell(status);
  }

  async function sent() {
    try {
      const body = new URLSearchParams(new FormData(form)).toString();
      const headers = { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" };
      // A browser lets no more than 64 KiB outlive the page.
      const keepalive = body.length < 60_000;
      return (await fetch(form.dataset.save, { method: "POST", body, headers, keepalive })).status;
    } catch {
      return 0;
    }
  }

  function tell(status) {
    const { saved, failed, refused, ended } = place.dataset;
    const words = !status || status >= 500 ? failed : status === 410 || status === 403 ? ended : status >= 400 ? refused : saved;
    // A reader of the screen hears what is new, and not every answer anew.
    if (place.textContent !== words) place.textContent = words;
  }
})();
