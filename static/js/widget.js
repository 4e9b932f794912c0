/* A customer survey on your website: as a button, in the page, or after some seconds. */
(() => {
  "use strict";
  const script = document.currentScript;
  const { survey, mode, after = 10, days = 30, at, tp, lang, preview, colour, label = "Give feedback", close = "Close" } = script.dataset;
  const site = new URL(script.src).origin;
  const address = new URL(`${site}/s/${encodeURIComponent(survey)}/embed/`);
  for (const [name, value] of Object.entries({ at, tp, lang, preview })) if (value) address.searchParams.set(name, value);
  const key = `feedback:${site}:${survey}`;
  const remember = (what) => {
    try { localStorage.setItem(key, what); return true; } catch { return false; }
  };
  // Where nothing can be remembered it would open on every page: then it does not open by itself.
  const isDue = () => {
    if (preview) return true;
    let last = 0;
    try { last = localStorage.getItem(key) || 0; } catch { /* refused */ }
    return last !== "answered" && Date.now() - last > days * 864e5 && remember(last);
  };

  const make = (name, given) => Object.assign(document.createElement(name), given);
  const host = make("div");
  const root = host.attachShadow({ mode: "open" });
  const dialog = make("dialog", { ariaLabel: label });
  const frame = make("iframe", { title: label });
  frame.onload = () => frame.src && frame.contentWindow.postMessage("feedback:hello", site);
  addEventListener("message", ({ source, origin, data }) => {
    if (source !== frame.contentWindow || origin !== site || !data || data.feedback !== 1) return;
    if (data.height > 0) frame.style.height = `${data.height}px`;
    if (data.escape) dialog.close();
    if (data.answered && !preview) remember("answered");
  });
  const open = () => {
    if (!frame.src) frame.src = address;
    if (!dialog.open) dialog.showModal();
  };
  const openAlone = () => {
    // Nobody is torn away from what they write.
    if (document.activeElement?.matches("input,textarea,select,iframe,[contenteditable]")) return setTimeout(openAlone, 3e3);
    remember(Date.now());
    open();
  };

  // By script: a policy that forbids inline styles does not mind.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`:host{all:initial;--c:#1f5f8b}
iframe{display:block;width:100%;height:24rem;border:0}
button{font:600 1rem/1.25 system-ui,sans-serif;min-height:3rem;padding:.5rem 1.25rem;border:0;border-radius:8px;cursor:pointer;color:#fff;background:#1f5f8b;background:oklch(from var(--c) clamp(.3,l,.5) min(c,.14) h)}
button:focus-visible{outline:3px solid #0b57d0;outline-offset:2px}
dialog{color-scheme:light dark;background:Canvas;width:min(44rem,100%);max-width:none;padding:0;border:0;border-radius:12px}
dialog::backdrop{background:#15141299}
div{position:sticky;top:0;text-align:end;padding:.25rem .5rem 0;background:Canvas}
div button{color:CanvasText;background:none;text-decoration:underline}`);
  root.adoptedStyleSheets = [sheet];
  if (/^#[0-9a-f]{6}$/i.test(colour)) host.style.setProperty("--c", colour);

  const begin = () => {
    if (document.head.contains(script)) document.body.append(host);
    else script.after(host);
    if (mode === "inline") {
      root.append(frame);
      frame.src = address;
      host.style.display = "block";
      return;
    }
    const bar = make("div");
    bar.append(make("button", { type: "button", textContent: close, onclick: () => dialog.close() }));
    dialog.append(bar, frame);
    root.append(dialog);
    if (mode !== "timed") root.prepend(make("button", { type: "button", textContent: label, ariaHasPopup: "dialog", onclick: open }));
    else if (isDue()) setTimeout(openAlone, after * 1e3);
  };
  if (document.body) begin();
  else addEventListener("DOMContentLoaded", begin);
})();
