// Cards on this device, by member, until the server has acknowledged each of them. IndexedDB survives a reload, a
// crash and a power cut; where there is none, cards are kept in memory and the page says so.
(() => {
  const NAME = 'cards'
  // Of those that are sent, the last ones of a batch stay for the way back; the others leave the device.
  const SENT_KEPT = 5

  const finished = (transaction) => new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = transaction.onerror = () => reject(transaction.error)
  })
  const asked = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  const open = () => new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1)
    request.onupgradeneeded = () => {
      const entries = request.result.createObjectStore('entries', { keyPath: ['member', 'turn', 'id'] })
      entries.createIndex('member', 'member')
      request.result.createObjectStore('drafts')
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = request.onblocked = () => reject(request.error)
  })

  const keyOf = (entry) => [entry.member, entry.turn, entry.id]

  // A store with the same ways in and out that forgets with the page.
  const inMemory = () => {
    const entries = new Map()
    return {
      isKept: false,
      all: async () => [...entries.values()],
      save: async (entry) => { entries.set(entry.id, entry); return entry },
      settle: async (settled) => {
        for (const [sent, changes] of settled) {
          const entry = entries.get(sent.id)
          if (entry && entry.revision === sent.revision) Object.assign(entry, changes)
        }
      },
      remove: async (entry) => { entries.delete(entry.id) },
      prune: async () => {},
      draft: async () => {},
      lastDraft: async () => null,
    }
  }

  const onDevice = (database, member) => {
    const write = (stores, durability) => database.transaction(stores, 'readwrite', { durability })
    const all = () => asked(database.transaction('entries').objectStore('entries').index('member').getAll(member))

    // The card is safe once this resolves. A card that another tab has saved meanwhile is never written over: a
    // correction goes one revision further, a new card gets another key.
    const save = async (entry, draftKey) => {
      const transaction = write(['entries', 'drafts'], 'strict')
      const entries = transaction.objectStore('entries')
      const before = await asked(entries.get(keyOf(entry)))
      if (before && before.revision >= entry.revision && entry.turn === 'first') {
        if (entry.isCorrection) entry.revision = before.revision + 1
        else entry.id = Cards.newKey()
      }
      entries.put(entry)
      transaction.objectStore('drafts').delete(draftKey)
      await finished(transaction)
      return entry
    }

    // What became of cards, as pairs of a card and its changes, unless it was changed again while it was on its way.
    const settle = async (settled) => {
      const transaction = write(['entries'], 'relaxed')
      const entries = transaction.objectStore('entries')
      for (const [sent, changes] of settled) {
        const request = entries.get(keyOf(sent))
        request.onsuccess = () => {
          const entry = request.result
          if (entry && entry.revision === sent.revision) entries.put({ ...entry, ...changes })
        }
      }
      await finished(transaction)
    }

    const remove = async (entry) => {
      const transaction = write(['entries'], 'strict')
      transaction.objectStore('entries').delete(keyOf(entry))
      await finished(transaction)
    }

    const prune = async () => {
      const seen = {}
      const sent = (await all()).filter((entry) => entry.state === 'sent').sort((one, other) => other.order - one.order)
      const old = sent.filter((entry) => {
        const pile = `${entry.turn} ${entry.batch}`
        seen[pile] = (seen[pile] ?? 0) + 1
        return seen[pile] > SENT_KEPT
      })
      if (!old.length) return
      const transaction = write(['entries'], 'relaxed')
      for (const entry of old) transaction.objectStore('entries').delete(keyOf(entry))
      await finished(transaction)
    }

    const draft = async (key, card) => {
      const transaction = write(['drafts'], 'relaxed')
      transaction.objectStore('drafts').put(card, key)
      await finished(transaction)
    }
    const lastDraft = (key) => asked(database.transaction('drafts').objectStore('drafts').get(key))

    return { isKept: true, all, save, settle, remove, prune, draft, lastDraft }
  }

  Cards.openStore = async (member) => {
    try {
      return onDevice(await open(), member)
    } catch {
      return inMemory()
    }
  }
})()
