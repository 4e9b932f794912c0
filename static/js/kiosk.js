// The kiosk's screen: a few questions at a time, thanks, and back to an empty form; nobody leaves without the PIN.
"use strict";

(() => {
  const THANKS_SECONDS = 10;
  const WARNING_SECONDS = 20;
  const HOLD = 1500;
  const MOST_ON_A_SCREEN = 8;
  const TRIES = 5;
  const TRIES_PAUSE = 300_000;

  let main = document.getElementById("content");
  if (!main.querySelector("[data-kiosk]")) return;
  let pristine = main.cloneNode(true);
  let kiosk, form, screens, screen, begunAt, lastTouch, isLeft;
  let coming = null; // the page that was fetched meanwhile
  let thanksLeft = 0;
  let wrongTries = [];
  let unsent = { unsent: 0, refused: 0 };
  const at = (selector) => kiosk.querySelector(selector);
  const part = (name) => at(`[data-part=${name}]`);
  const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_all, name) => values[name]);

  // --- One customer ---------------------------------------------------------------------------------------

  function begin() {
    kiosk = main.querySelector("[data-kiosk]");
    form = at("form");
    kiosk.hidden = false;
    document.documentElement.lang = kiosk.dataset.language;
    begunAt = 0;
    isLeft = false;
    screen = 0;
    touch();
    pack();
    show(0);
    tellUnsent();
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      // Enter sends a form by its last button, wherever one is.
      if (screen < screens.length - 1) next();
      else finish();
    });
    form.addEventListener("input", () => { begunAt ||= Date.now(); at("[data-trouble]").textContent = ""; });
    at("[data-pin]").addEventListener("submit", (event) => { event.preventDefault(); leave(); });
    // Closed by Escape as well as by its button.
    at("[data-still]").addEventListener("close", touch);
    holdable(at("[data-corner]"));
  }

  function again() {
    const fresh = coming || pristine.cloneNode(true);
    if (coming) pristine = coming.cloneNode(true);
    coming = null;
    main.replaceWith(fresh);
    main = fresh;
    scrollTo(0, 0);
    begin();
  }

  // The page as it is now: a new version, other settings, another language. Until it is here, the old one serves.
  async function fetchPage(language = "") {
    const url = kiosk.dataset.address + (language ? `&lang=${language}` : "");
    try {
      const answer = await fetch(url, { cache: "no-store" });
      if (!answer.ok) return void ([403, 409, 410].includes(answer.status) && (coming = "gone"));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (loads(page) !== loads(document)) coming = "gone";
      else coming = document.adoptNode(page.getElementById("content"));
    } catch {
      coming = null;
    }
  }
  const loads = (page) => [...page.querySelectorAll("script[src], link[rel=stylesheet]")].map((one) => one.getAttribute("src") || one.getAttribute("href")).join(" ");

  function restart() {
    thanksLeft = 0;
    if (coming === "gone") return reload();
    again();
  }
  function reload() {
    isLeft = true;
    location.reload();
  }

  async function speak(language) {
    await fetchPage(language);
    if (coming && coming !== "gone") {
      const home = pristine;
      again();
      // The next customer begins in the survey's own language.
      pristine = home;
    }
  }

  // --- Screens ----------------------------------------------------------------------------------------------

  // As many questions on a screen as can be seen at once; a heading stays with its first question.
  function pack() {
    const blocks = [...form.querySelectorAll(".section, .question")];
    const opening = at("[data-opening]");
    // Every screen but the first has the title alone above its questions.
    const title = at("[data-title]");
    title.hidden = false;
    const top = title.offsetHeight;
    title.hidden = true;
    for (const block of [opening, ...blocks]) block.hidden = false;
    const room = innerHeight - form.getBoundingClientRect().top - scrollY + opening.offsetHeight - at(".kiosk-steps").offsetHeight - 32;
    let used = opening.offsetHeight;
    let pending = [];
    screens = [[]];
    for (const block of blocks) {
      pending.push(block);
      if (block.matches(".section")) continue;
      const height = pending.reduce((sum, one) => sum + one.offsetHeight, 0);
      const current = screens.at(-1);
      const questions = current.filter((one) => one.matches(".question")).length;
      if (questions && (used + height > room || questions === MOST_ON_A_SCREEN)) {
        screens.push([...pending]);
        used = top + height;
      } else {
        current.push(...pending);
        used += height;
      }
      pending = [];
    }
  }

  function show(number, isMoved = false) {
    screen = number;
    const isLast = number === screens.length - 1;
    at("[data-opening]").hidden = number > 0;
    at("[data-title]").hidden = number === 0;
    screens.forEach((blocks, one) => { for (const block of blocks) block.hidden = one !== number; });
    at("[data-back]").hidden = number === 0;
    at("[data-next]").hidden = isLast;
    at("[data-submit]").hidden = !isLast;
    const where = at("[data-where]");
    where.textContent = screens.length > 1 ? fill(where.dataset.where, { screen: number + 1, count: screens.length }) : "";
    if (isMoved) {
      scrollTo(0, 0);
      form.focus({ preventScroll: true });
    }
  }

  // What was answered; or, of a review form, what a customer leaves besides. Those names have a hyphen, no measure's has.
  function given(isAbout = false) {
    const answers = {};
    for (const field of form.elements) {
      if (!field.name || field.type === "hidden" || field.name.includes("-") !== isAbout) continue;
      const isGiven = ["radio", "checkbox"].includes(field.type) ? field.checked : field.value.trim() !== "";
      // Half a character, or NUL, which no database takes.
      const value = (field.value.toWellFormed?.() ?? field.value).replaceAll("\0", "");
      if (isGiven) (answers[field.name] ||= []).push(value);
    }
    return answers;
  }

  // The first question among these screens that must be answered and is not: shown, marked, and in focus.
  function missing(upTo) {
    const answers = given();
    for (const question of form.querySelectorAll(".question.wrong")) question.classList.remove("wrong");
    for (const key of kiosk.dataset.required.split(" ").filter(Boolean)) {
      const question = document.getElementById(`q-${key}`);
      const on = screens.findIndex((blocks) => blocks.includes(question));
      if (answers[key] || on > upTo) continue;
      show(on);
      question.classList.add("wrong");
      question.scrollIntoView({ block: "nearest" });
      question.querySelector("input, textarea").focus({ preventScroll: true });
      say("must");
      return true;
    }
    return false;
  }
  // The same rules as the site's, which has nobody to ask any more when the answers arrive there.
  function isAboutWrong() {
    const find = (name) => form.elements[name];
    if (!find("may-contact")) return false;
    const texts = [find("your-email"), find("your-phone")];
    const isReachable = texts.some((field) => field.value.trim());
    const [email, phone, reach] = [...texts, find("may-contact")];
    if (!email.validity.valid) return refuse(email, "email");
    if (!phone.validity.valid) return refuse(phone, "phone");
    if (isReachable && !reach.checked) return refuse(reach, "tick");
    return reach.checked && !isReachable && refuse(email, "reach");
  }
  function refuse(field, why) {
    const question = field.closest(".question");
    show(screens.findIndex((blocks) => blocks.includes(question)));
    question.classList.add("wrong");
    question.scrollIntoView({ block: "nearest" });
    field.focus({ preventScroll: true });
    say(why);
    return true;
  }
  const say = (what) => { at("[data-trouble]").textContent = at("[data-trouble]").dataset[what]; };

  function next() {
    if (!missing(screen)) show(screen + 1, true);
  }

  async function finish() {
    if (missing(screens.length)) return;
    if (!hasAnswer()) return say("nothing");
    if (isAboutWrong()) return;
    if (await keep(false)) thank();
  }
  const hasAnswer = () => Object.values(given()).flat().some((value) => value !== "x");

  async function keep(abandoned) {
    if (form.inert) return false;
    form.inert = true;
    const took = begunAt ? (Date.now() - begunAt) / 1000 : 0;
    const { pass, send, kiosk: slug } = kiosk.dataset;
    // Who walked away agreed to nothing.
    await kept.add({ slug, pass, to: send, answers: given(), about: abandoned ? {} : given(true), took, abandoned });
    return true;
  }

  function thank() {
    part("asking").hidden = true;
    part("thanks").hidden = false;
    part("thanks").focus();
    thanksLeft = Date.now() + THANKS_SECONDS * 1000;
    fetchPage();
    tick();
  }

  // --- Idle ---------------------------------------------------------------------------------------------------

  function touch() { lastTouch = Date.now(); }

  function tick() {
    if (isLeft) return;
    if (thanksLeft) return countDownThanks();
    if (at("[data-staff]").open) {
      if (idleFor() > Number(kiosk.dataset.idle)) at("[data-staff]").close();
      return;
    }
    const isAtStart = screen === 0 && !Object.keys({ ...given(), ...given(true) }).length && kiosk.dataset.language === kiosk.dataset.home;
    if (isAtStart) return freshen();
    const left = Math.ceil(Number(kiosk.dataset.idle) - idleFor());
    const still = at("[data-still]");
    if (left <= 0) return endIdle();
    if (left <= Math.min(WARNING_SECONDS, kiosk.dataset.idle / 2)) {
      const words = still.querySelector("p");
      const what = hasAnswer() ? kiosk.dataset.atIdle : "empty";
      words.textContent = fill(words.dataset[`countdown${what[0].toUpperCase()}${what.slice(1)}`], { seconds: left });
      if (!still.open) still.showModal();
    }
  }
  const idleFor = () => (Date.now() - lastTouch) / 1000;

  function countDownThanks() {
    const left = Math.ceil((thanksLeft - Date.now()) / 1000);
    if (left <= 0) return restart();
    at("[data-countdown]").textContent = fill(at("[data-countdown]").dataset.countdown, { seconds: left });
  }

  async function endIdle() {
    if (kiosk.dataset.atIdle === "submit" && hasAnswer() && !(await keep(true))) return;
    restart();
    fetchPage();
  }

  // A kiosk that nobody touches for long still learns of a new version.
  let freshAt = Date.now();
  async function freshen() {
    if (coming === "gone" && idleFor() > 5) return reload();
    if (Date.now() - freshAt < 600_000) return;
    freshAt = Date.now();
    await fetchPage();
  }

  // --- Leaving ------------------------------------------------------------------------------------------------

  // Held by finger or mouse, or pressed by keyboard or a screen reader: a customer's stray tap does nothing.
  function holdable(button) {
    let holding;
    button.addEventListener("pointerdown", () => { holding = setTimeout(askToLeave, HOLD); });
    for (const kind of ["pointerup", "pointerleave", "pointercancel"]) button.addEventListener(kind, () => clearTimeout(holding));
    button.addEventListener("click", (event) => { if (event.detail === 0) askToLeave(); });
  }
  async function askToLeave() {
    if (thanksLeft || isLeft || at("[data-staff]").open) return;
    tellUnsent();
    at("[data-pin]").reset();
    at("#pin-wrong").textContent = "";
    at("[data-fleeting]").hidden = !(await kept.isFleeting());
    at("[data-staff]").showModal();
    at("#pin").focus();
  }

  async function leave() {
    const pin = at("#pin").value;
    const verdict = await judge(pin);
    if (verdict === "right") return left();
    const wrong = at("#pin-wrong");
    wrong.textContent = wrong.dataset[verdict];
    at("#pin").value = "";
    at("#pin").focus();
  }

  async function judge(pin) {
    const { pass, leave: to, kiosk: slug } = kiosk.dataset;
    let status = 0;
    try {
      const answer = await fetch(to, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ pass, pin }), signal: AbortSignal.timeout(8000) });
      status = answer.status;
    } catch { /* no connection: the device has to know */ }
    if (status === 200) await rememberPin(slug, pin);
    if (status === 0 || status >= 500) return judgeAlone(slug, pin);
    if (status === 403 && (await isRemembered(slug, pin))) await kept.remove("pins", slug);
    return { 200: "right", 429: "tries" }[status] || "wrong";
  }

  async function judgeAlone(slug, pin) {
    if (!(await kept.get("pins", slug))) return "unknown";
    wrongTries = wrongTries.filter((when) => Date.now() - when < TRIES_PAUSE);
    if (wrongTries.length >= TRIES) return "tries";
    if (await isRemembered(slug, pin)) return "right";
    wrongTries.push(Date.now());
    return "wrong";
  }

  // The device learns a PIN that was right, as a slow hash with a salt of its own, for times without a connection.
  async function derived(pin, salt) {
    const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveBits"]);
    const bits = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: 600_000 }, key, 256);
    return [...new Uint8Array(bits)].join(" ");
  }
  async function rememberPin(slug, pin) {
    if (!crypto.subtle) return;
    const salt = crypto.getRandomValues(new Uint8Array(16));
    await kept.put("pins", { slug, salt, hash: await derived(pin, salt) });
  }
  async function isRemembered(slug, pin) {
    const known = await kept.get("pins", slug);
    return Boolean(known && crypto.subtle) && known.hash === (await derived(pin, known.salt));
  }

  function left() {
    isLeft = true;
    at("[data-staff]").close();
    part("asking").hidden = true;
    part("left").hidden = false;
    part("left").focus();
    at(".kiosk-corner").hidden = true;
    if (document.fullscreenElement) document.exitFullscreen();
  }

  function tellUnsent() {
    const corner = at("[data-unsent]");
    const words = unsent.unsent ? fill(corner.dataset.unsent, { count: unsent.unsent }) : corner.dataset.allSent;
    corner.textContent = words;
    corner.hidden = !unsent.unsent;
    for (const place of kiosk.querySelectorAll("[data-unsent-words]")) place.textContent = words;
    const refused = at("[data-refused-words]");
    refused.hidden = !unsent.refused;
    refused.textContent = fill(refused.dataset.refusedWords, { count: unsent.refused });
  }

  // --- The page as a whole -------------------------------------------------------------------------------------

  document.addEventListener("click", (event) => {
    const on = (selector) => event.target.closest(selector);
    if (on("[data-next]")) next();
    else if (on("[data-back]")) show(screen - 1, true);
    else if (on("[data-restart]")) restart();
    else if (on("[data-stay]")) at("[data-still]").close();
    else if (on("[data-cancel]")) at("[data-staff]").close();
    else if (on("[data-speak]")) speak(on("[data-speak]").dataset.speak);
  });
  for (const kind of ["pointerdown", "pointermove", "keydown", "input", "scroll"]) {
    document.addEventListener(kind, () => {
      if (at("[data-still]").open && kind !== "pointermove" && kind !== "scroll") at("[data-still]").close();
      touch();
    }, { passive: true });
  }
  document.addEventListener("pointerup", () => {
    if (!isLeft && !document.fullscreenElement) document.documentElement.requestFullscreen?.().catch(() => {});
  });
  document.addEventListener("contextmenu", (event) => event.preventDefault());
  // Going back leads here again; what a browser lets nobody prevent is for its own kiosk mode.
  history.pushState(null, "");
  addEventListener("popstate", () => { if (!isLeft) history.pushState(null, ""); });
  addEventListener("beforeunload", (event) => { if (!isLeft) event.preventDefault(); });
  let resized;
  addEventListener("resize", () => {
    clearTimeout(resized);
    resized = setTimeout(() => {
      if (isLeft || thanksLeft || document.activeElement?.matches("textarea, #pin, .about input")) return;
      const first = screens[screen].find((block) => block.matches(".question"));
      pack();
      show(Math.max(0, screens.findIndex((blocks) => blocks.includes(first))));
    }, 200);
  });

  async function keepPage() {
    if (!("serviceWorker" in navigator)) return;
    await navigator.serviceWorker.register(kiosk.dataset.worker);
    await navigator.serviceWorker.ready;
    const cache = await caches.open("kiosk");
    const loaded = [...document.querySelectorAll("link[href], script[src], img[src]")].map((one) => one.href || one.src);
    const spoken = [...kiosk.querySelectorAll("[data-speak]")].map((one) => `${kiosk.dataset.address}&lang=${one.dataset.speak}`);
    const wanted = new Set([kiosk.dataset.address, location.href, ...loaded, ...spoken]);
    const stored = await Promise.allSettled([...wanted].map((url) => cache.add(url)));
    await navigator.storage?.persist?.();
    if (stored.every((one) => one.status === "fulfilled")) document.documentElement.dataset.kept = "";
  }

  begin();
  setInterval(tick, 250);
  kept.listen((counts) => { unsent = counts; if (kiosk) tellUnsent(); });
  keepPage().catch(() => {});
})();
