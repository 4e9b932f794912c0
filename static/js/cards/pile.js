// The cards that this page knows of: those it is storing, those on the device, and what the server said of them.
(() => {
  const MOMENT = 100

  Cards.makePile = ({ screen, store, words, versionOf, side }) => {
    const others = 'BroadcastChannel' in window ? new BroadcastChannel('cards') : null
    const draftKey = `${screen.member} ${screen.turn} ${screen.batch}`
    const saving = new Set()
    const times = []
    let entries = []
    let counts = screen.tally
    let unsent = 0
    let lastOrder = 0
    let keepsDraft = !navigator.locks
    let sender = null
    let showing = null
    let drafting = null

    const all = () => {
      const known = new Set([...saving].map((entry) => entry.id))
      return [...saving, ...entries.filter((entry) => !known.has(entry.id))]
    }
    const here = () => all().filter((entry) => entry.batch === screen.batch && entry.turn === screen.turn)
    // Of this batch, the last one first, without those that were not taken.
    const lastOnes = () => here().filter((entry) => entry.state !== 'refused').sort((one, other) => other.order - one.order)

    // What stands beside the card may be a moment late; the card may not.
    const show = () => {
      showing ??= setTimeout(() => {
        showing = null
        unsent = side.show({ entries: all(), counts, times })
      }, MOMENT)
    }

    async function refresh(first) {
      const found = await store.all()
      first?.()
      entries = found
      show()
    }

    function told(change) {
      const isWell = change.kind === 'taken' || change.kind === 'done'
      side.setTrouble(isWell ? null : change)
      if (change.tally) counts = change.tally
      refresh()
      if (change.kind === 'taken') others?.postMessage('changed')
    }

    // The card is on the screen's pile at once; what the page shows next does not wait for the disk.
    function keep(card, version) {
      lastOrder = Math.max(Date.now(), lastOrder + 1)
      const entry = {
        ...card,
        // What was keyed of a rejected card is kept for the way back; nothing of it is filled up.
        given: card.rejected ? card.given : Cards.filled(version, card.given), odd: card.rejected ? [] : Cards.oddities(version, card, lastOnes()[0], words),
        member: screen.member, turn: screen.turn, batch: screen.batch, address: screen.urls.send,
        state: 'unsent', why: '', reason: '', keptAt: Date.now(), order: card.order ?? lastOrder,
      }
      saving.add(entry)
      halfKeyed = null
      unsent += 1
      side.underWay()
      if (!card.isCorrection) times.push(Date.now())
      stored(entry)
      return entry
    }

    async function stored(entry) {
      try {
        await store.save(entry, draftKey)
      } catch {
        // The disk is full or the browser refuses: the card stays in this page and is offered to the disk again.
        document.getElementById('not-kept').hidden = false
        setTimeout(() => stored(entry), 1000)
        return
      }
      await refresh(() => saving.delete(entry))
      others?.postMessage('changed')
      sender.wake(false)
    }

    async function sendAgain(entry) {
      await store.settle([[entry, { state: 'unsent', reason: '', why: '', keptAt: Date.now() }]])
      await refresh()
      sender.wake()
    }

    async function discard(entry) {
      if (!window.confirm(words.sure)) return
      await store.remove(entry)
      await refresh()
      others?.postMessage('changed')
    }

    // The half-keyed card, a moment after its last key, and at once when the page goes away.
    let halfKeyed = null
    function keepDraft(card) {
      halfKeyed = card
      drafting ??= setTimeout(writeDraft, MOMENT)
    }
    function writeDraft() {
      clearTimeout(drafting)
      drafting = null
      if (keepsDraft && halfKeyed) store.draft(draftKey, halfKeyed).catch(() => { /* the card itself is stored with Enter */ })
    }

    // `restored` gets the card that was half keyed when the page went away. One page of this batch keeps it: a second
    // one neither writes over it nor shows it too.
    function withDraft(restored) {
      const once = async () => {
        const draft = await store.lastDraft(draftKey)
        keepsDraft = true
        if (draft && versionOf(draft.version)) restored(draft)
        // What was keyed before this page was the one that keeps it.
        writeDraft()
      }
      if (navigator.locks) navigator.locks.request(`cards:draft:${draftKey}`, () => once().then(() => new Promise(() => {})))
      else once()
    }

    async function begin() {
      entries = await store.all()
      lastOrder = Math.max(0, ...entries.map((entry) => entry.order))
      sender = Cards.makeSender({ screen, store, told })
      others?.addEventListener('message', () => refresh())
      addEventListener('pagehide', writeDraft)
      addEventListener('beforeunload', (event) => { if (unsent > 0) event.preventDefault() })
    }

    return { begin, all, lastOnes, show, keep, sendAgain, discard, keepDraft, withDraft, send: () => sender.wake() }
  }
})()
