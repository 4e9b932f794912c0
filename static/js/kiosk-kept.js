// What a kiosk keeps on its device: each customer's answers, from the moment they are given until the server has
// said that they are stored. Sending the same answers twice stores them once, since each has a key of its own.
"use strict";

const kept = (() => {
  const PAUSES = [1, 2, 5, 10, 30, 60];
  const ANEW = 3600;
  const PATIENCE = 15_000;
  const memory = { answers: new Map(), pins: new Map() };
  const listeners = [];
  let failures = 0;
  let isSending = false;
  let isAskedAgain = false;
  let waiting;

  // Null where the browser keeps nothing (a private window): then all is in memory, and the page says so.
  const opened = new Promise((resolve) => {
    try {
      const request = indexedDB.open("kiosk", 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("answers", { keyPath: "id" });
        request.result.createObjectStore("pins", { keyPath: "slug" });
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(null);
    } catch {
      resolve(null);
    }
  });

  // Resolves when the browser has it on its disk, not when it has begun to write.
  async function within(store, mode, act, otherwise) {
    const database = await opened;
    if (!database) return otherwise(memory[store]);
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(store, mode, { durability: "strict" });
      const request = act(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  }
  const all = async () => {
    const found = await within("answers", "readonly", (rows) => rows.getAll(), () => []);
    return [...found, ...memory.answers.values()].sort((one, other) => one.at - other.at);
  };
  const put = (store, row) => within(store, "readwrite", (rows) => rows.put(row), (rows) => rows.set(row.id || row.slug, row));
  const get = (store, key) => within(store, "readonly", (rows) => rows.get(key), (rows) => rows.get(key));
  const remove = (store, key) => memory[store].delete(key) || within(store, "readwrite", (rows) => rows.delete(key), (rows) => rows.delete(key));

  async function tell() {
    const rows = await all();
    const refused = rows.filter((row) => row.refused).length;
    for (const listener of listeners) listener({ unsent: rows.length - refused, refused });
  }

  async function add(row) {
    const whole = { ...row, id: newKey(), at: Date.now() };
    try {
      await put("answers", whole);
    } catch {
      // The disk is full: it is sent from memory, if there is a connection.
      memory.answers.set(whole.id, whole);
    }
    await tell();
    wake();
  }

  // crypto.randomUUID is only there on safe addresses; random numbers are everywhere.
  function newKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  // The status of the answer; 0 where none came.
  async function post(row) {
    const { id, pass, answers, about, took, abandoned } = row;
    const age = Math.max(0, (Date.now() - row.at) / 1000);
    try {
      const answer = await fetch(row.to, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ id, pass, answers, about, took, abandoned, age }),
        signal: AbortSignal.timeout(PATIENCE),
      });
      return answer.status;
    } catch {
      return 0;
    }
  }

  // A 404 comes from a proxy that was set up wrongly as well; a published survey never loses its address.
  const isForGood = (status) => status >= 400 && status < 500 && ![404, 408, 425, 429].includes(status);

  // Oldest first. What the server refuses for good stays here, marked, and stops nobody behind it; who it was from and
  // how to reach them does not stay on a device that everybody uses.
  async function send() {
    let isThrough = true;
    for (const row of await all()) {
      if (row.refused) continue;
      const status = await post(row);
      try {
        if (status >= 200 && status < 300) await remove("answers", row.id);
        else if (isForGood(status)) await put("answers", { ...row, about: {}, refused: status });
        else isThrough = false;
        await tell();
      } catch {
        // The device cannot write it down now: it comes again, and meanwhile those behind it are sent.
        isThrough = false;
      }
      if (status === 0) break;
    }
    return isThrough;
  }

  async function wake() {
    isAskedAgain = true;
    if (isSending) return;
    isSending = true;
    clearTimeout(waiting);
    try {
      while (isAskedAgain) {
        isAskedAgain = false;
        failures = (await send()) ? 0 : failures + 1;
      }
    } catch {
      failures += 1;
    }
    isSending = false;
    if (failures) waiting = setTimeout(wake, 1000 * PAUSES[Math.min(failures, PAUSES.length) - 1]);
  }

  // What was refused may have been refused by mistake: a survey put away too early, a proxy set up wrongly.
  async function sendAnew() {
    for (const row of await all()) if (row.refused) await put("answers", { ...row, refused: 0 });
    wake();
  }

  addEventListener("online", wake);
  setInterval(sendAnew, 1000 * ANEW);
  sendAnew().then(tell);

  return {
    add,
    get,
    put,
    remove,
    listen: (listener) => { listeners.push(listener); tell(); },
    isFleeting: async () => (await opened) === null,
  };
})();
