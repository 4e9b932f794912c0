// Answers are kept on this device as they are given, and the page counts them. The page works without this file.
"use strict";

(() => {
  const PREFIX = "answers:";
  const KEPT_FOR = 7 * 24 * 3600 * 1000;

  // The thank-you page forgets what has arrived.
  const arrived = document.querySelector("[data-arrived]");
  if (arrived) {
    forget(arrived.dataset.arrived);
    return;
  }

  const form = document.querySelector("form[data-draft], form[data-save]");
  if (!form) return;
  // An invited person's answers are kept by the site (saving.js): the next at this device may be somebody else.
  const key = form.dataset.draft && PREFIX + form.dataset.draft;
  // Who somebody is, how to reach them and what they agree to is no answer (no measure's name has a hyphen): the next at
  // this device would find it here.
  const isAnswer = (field) => field.name && !["hidden", "submit"].includes(field.type) && field.name !== "website" && !field.name.includes("-");

  // What the server sent back after a mistake is newer than what was kept.
  if (key && !form.hasAttribute("data-returned")) restore();
  count();
  let waiting;
  form.addEventListener("input", () => {
    count();
    clearTimeout(waiting);
    waiting = setTimeout(keep, 200);
  });
  addEventListener("pagehide", keep);
  // Whoever comes back finds the answers again, but the browser fills them in only after this script has run.
  addEventListener("pageshow", count);

  function given() {
    const values = {};
    for (const field of form.elements) {
      if (!isAnswer(field)) continue;
      const isTicked = field.type !== "radio" && field.type !== "checkbox" ? field.value.trim() !== "" : field.checked;
      if (isTicked) (values[field.name] ||= []).push(field.value);
    }
    return values;
  }

  function keep() {
    if (!key) return;
    const values = given();
    try {
      if (Object.keys(values).length) localStorage.setItem(key, JSON.stringify({ at: Date.now(), values }));
      else localStorage.removeItem(key);
    } catch {
      // No storage here (private window, foreign frame): the page goes on without.
    }
  }

  function restore() {
    const values = kept();
    if (!values) return;
    for (const field of form.elements) {
      if (!isAnswer(field) || !values[field.name]) continue;
      if (field.type === "radio" || field.type === "checkbox") field.checked = values[field.name].includes(field.value);
      else if (!field.value) field.value = values[field.name][0];
    }
  }

  function kept() {
    try {
      const draft = JSON.parse(localStorage.getItem(key));
      return draft && Date.now() - draft.at < KEPT_FOR ? draft.values : null;
    } catch {
      return null;
    }
  }

  function forget(slug) {
    try {
      for (const name of Object.keys(localStorage)) {
        if (name.startsWith(`${PREFIX}${slug}:`)) localStorage.removeItem(name);
      }
    } catch {
      // Nothing was kept.
    }
  }

  function count() {
    const place = document.querySelector("[data-answered]");
    if (!place) return;
    const progress = place.querySelector("progress");
    const words = place.querySelector("[data-answered-words]");
    progress.value = Object.keys(given()).length;
    words.textContent = words.dataset.answeredWords.replace("%(answered)s", progress.value).replace("%(count)s", progress.max);
    place.hidden = false;
    for (const counter of document.querySelectorAll("[data-counter]")) {
      const { value } = document.getElementById(counter.dataset.counter);
      const longest = Number(counter.dataset.longest);
      // A sign outside the common plane is one character, as the site counts it.
      const length = value.length < 0.9 * longest ? value.length : [...value].length;
      counter.textContent = `${length} / ${longest}`;
      counter.hidden = length < 0.9 * longest;
      counter.classList.toggle("over", length > longest);
    }
  }
})();
