// Sends what is on the device, in order, until each card is acknowledged. It never sets the pace of keying.
(() => {
  const AT_ONCE = 20
  const PATIENCE = 20_000
  const DELAYS = [500, 1000, 2000, 4000, 8000]
  // Where asking again helps only after somebody has done something.
  const SLOWLY = 4000

  const token = (name) => {
    const found = document.cookie.split('; ').find((part) => part.startsWith(`${name}=`))
    return found ? decodeURIComponent(found.slice(name.length + 1)) : ''
  }

  const bodyOf = (member, entries) => JSON.stringify({
    member,
    cards: entries.map((entry) => ({
      id: entry.id, revision: entry.revision, version: entry.version, code: entry.code, day: entry.day,
      given: entry.given, comment_later: entry.commentLater, rejected: entry.rejected,
    })),
  })

  // How the server took a request: { kind, replies?, tally?, words?, status? }.
  const judged = async (response) => {
    if (response.type === 'opaqueredirect' || response.status === 401) return { kind: 'signed_out' }
    const said = await response.json().catch(() => null)
    if (response.ok) return said?.cards ? { kind: 'taken', replies: said.cards, tally: said.tally } : { kind: 'no_answer' }
    if (response.status === 409) return { kind: 'somebody_else' }
    if ([400, 413, 422].includes(response.status) && said?.error) return { kind: 'bad_body', words: said.error }
    return response.status >= 500 || response.status === 429
      ? { kind: 'no_answer' } : { kind: 'refuses', status: response.status }
  }

  const post = async (screen, address, entries) => {
    const stop = new AbortController()
    const clock = setTimeout(() => stop.abort(), PATIENCE)
    try {
      return await judged(await fetch(address, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-CSRFToken': token(screen.csrf_cookie) },
        body: bodyOf(screen.member, entries), credentials: 'same-origin', redirect: 'manual', cache: 'no-store', signal: stop.signal,
      }))
    } catch {
      return { kind: 'no_answer' }
    } finally {
      clearTimeout(clock)
    }
  }

  const changesBy = (reply) => reply.state === 'stored'
    ? { state: 'sent', number: reply.number, again: reply.again, why: '', reason: '' }
    : { state: 'refused', why: reply.why, reason: reply.reason }

  // `told` hears of every change: { kind, tally?, status? }.
  Cards.makeSender = ({ screen, store, told }) => {
    let isBusy = false
    let isWanted = false
    let failures = 0
    let oneByOne = 0
    let waiting = 0
    let isHeldOff = false

    const lock = navigator.locks
      ? (work) => navigator.locks.request(`cards:sending:${screen.member}`, work)
      : (work) => work()

    const pile = async () => {
      const unsent = (await store.all()).filter((entry) => entry.state === 'unsent')
      unsent.sort((one, other) => one.order - other.order)
      return unsent
    }

    const take = async (sent, outcome) => {
      const replies = new Map(outcome.replies.map((reply) => [reply.id, reply]))
      await store.settle(sent.filter((entry) => replies.has(entry.id)).map((entry) => [entry, changesBy(replies.get(entry.id))]))
      await store.prune()
    }

    // One request for each address that cards wait for; the first trouble is what is told.
    const round = async () => {
      const unsent = await pile()
      let trouble = null
      for (const address of new Set(unsent.map((entry) => entry.address))) {
        const entries = unsent.filter((entry) => entry.address === address).slice(0, oneByOne > 0 ? 1 : AT_ONCE)
        // A second keying cannot be changed once it may have arrived.
        const untried = entries.filter((entry) => entry.turn === 'second' && !entry.isTried)
        if (untried.length) await store.settle(untried.map((entry) => [entry, { isTried: true }]))
        const outcome = await post(screen, address, entries)
        oneByOne = Math.max(0, oneByOne - entries.length)
        if (outcome.kind === 'taken') {
          await take(entries, outcome)
          told({ kind: 'taken', tally: address === screen.urls.send ? outcome.tally : null })
        } else if (outcome.kind === 'bad_body' && entries.length > 1) {
          oneByOne = entries.length
        } else if (outcome.kind === 'bad_body') {
          await store.settle([[entries[0], { state: 'refused', why: 'other', reason: outcome.words }]])
        } else {
          trouble ??= outcome
        }
      }
      return { trouble, isEmpty: unsent.length === 0 }
    }

    const holdOff = (delay) => {
      isHeldOff = true
      isWanted = false
      clearTimeout(waiting)
      waiting = setTimeout(wake, delay * (0.8 + 0.4 * Math.random()))
    }

    const work = async () => {
      for (;;) {
        isWanted = false
        const { trouble, isEmpty } = await round()
        if (trouble) {
          told(trouble)
          holdOff(trouble.kind === 'no_answer' ? DELAYS[Math.min(failures, DELAYS.length - 1)] : SLOWLY)
          failures += 1
          return
        }
        failures = 0
        if (isEmpty) {
          told({ kind: 'done' })
          return
        }
      }
    }

    // A new card waits its turn while the server is given time; the clock, a click and a network that is back do not.
    const wake = async (isForced = true) => {
      if (isHeldOff && !isForced) return
      isWanted = true
      if (isBusy) return
      isBusy = true
      isHeldOff = false
      clearTimeout(waiting)
      try {
        await lock(work)
      } catch {
        holdOff(DELAYS.at(-1))
      }
      isBusy = false
      if (isWanted) wake()
    }

    addEventListener('online', wake)
    addEventListener('focus', wake)
    document.addEventListener('visibilitychange', () => { if (!document.hidden) wake() })
    return { wake }
  }
})()
