// The keying screen: from one card to the next, each stored on this device before anything else happens to it.
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent)
  const at = (id) => document.getElementById(id)

  Cards.start = async () => {
    const screen = read('screen')
    const words = read('words')
    const isFirst = screen.turn === 'first'
    const versionOf = (id) => screen.versions.find((version) => version.id === id)
    const store = await Cards.openStore(screen.member)

    let card = null
    let version = null
    let aside = null // the card that was being keyed when another was recalled
    let isAsking = false // Enter was pressed with questions left
    let isSure = false // so it was with nothing that counts
    let isRejecting = false
    let queue = screen.cards ?? []

    const view = Cards.makeScreen({ screen, words, chosen, jumped })
    const side = Cards.makeSide({
      screen, words, versionOf,
      act: { recallOne, correct, rejectOne, sendAgain: (entry) => pile.sendAgain(entry), discard: (entry) => pile.discard(entry) },
    })
    const pile = Cards.makePile({ screen, store, words, versionOf, side })
    const form = Cards.makeForm({ screen, words, versionOf, act: { codeTaken, versionChosen, dayChosen, textChanged, toPad } })
    const { say, hint } = view
    const fill = Cards.fill
    const hasKeys = () => Cards.remembered('keys') !== 'off'

    // --- One card after the other ---

    const keyed = () => Cards.keyedItems(version)
    const current = () => keyed()[card.at]

    function show() {
      if (!card) return
      view.show(version, card)
      form.show(card, version)
      at('card-name').textContent = nameOf(card)
      at('card-comment').hidden = !card.commentLater
      at('card-recalled').hidden = !card.isCorrection
      at('rejecting').hidden = !isRejecting
      at('now-answers').hidden = isRejecting
    }

    function nameOf(one) {
      if (one.number) return fill(words.card, { number: one.number })
      return words.new_card
    }

    function open(next, sentence = '') {
      isAsking = isSure = isRejecting = false
      card = next
      if (!card) {
        version = null
        view.showNone(words.no_more_cards)
        at('card-name').textContent = ''
        at('card-about').textContent = ''
        say(sentence, words.no_more_cards)
        return
      }
      version = versionOf(card.version)
      if (!isFirst) at('card-about').textContent = [card.code || words.without_code, fill(words.first_keyed, card)].join(' · ')
      show()
      ask(sentence)
    }

    function nextCard() {
      if (isFirst) return Cards.newCard({ version: form.version(), day: form.day() })
      const known = new Set(pile.all().filter((entry) => entry.turn === 'second').map((entry) => entry.id))
      queue = queue.filter((one) => !known.has(one.id))
      return queue.length ? Cards.newCard({ ...queue[0] }) : null
    }

    function ask(...before) {
      const item = current()
      const about = item ? fill(words.asked, { number: item.position, text: item.text }) : `${words.complete} ${words.press_enter}`
      say(...before, about)
    }

    function toPad() {
      if (hasKeys()) view.pad.focus({ preventScroll: true })
      else view.focusAnswers()
    }

    function begin(sentence) {
      open(nextCard(), sentence)
      if (isFirst && form.hasCodes() && card) form.askCode()
      else toPad()
    }

    // --- Keys ---

    function put(item, values, isNext) {
      isAsking = isSure = false
      card.given[item.key] = values
      if (isNext) card.at = Math.min(keyed().indexOf(item) + 1, keyed().length)
      pile.keepDraft(card)
      show()
      const said = values.length ? Cards.answersTo(item, screen.labels, words).filter((one) => values.includes(one.value)).map((one) => `${one.key} ${one.words}`).join(', ') : words.blank
      hint('')
      if (!current()) odd()
      if (isNext) ask(fill(words.keyed, { value: said }))
      else say(fill(words.keyed, { value: said }))
    }

    function answer(key) {
      if (!card) return false
      if (isRejecting) return rejection(key)
      const item = current()
      const value = item && Cards.valueOf(item, key)
      if (value === undefined) return false
      take(item, value, true)
      return true
    }

    function take(item, value, isNext) {
      if (value === '') put(item, [], isNext)
      else if (Cards.isSeveral(item) && value !== '?') put(item, Cards.toggled(item, card.given[item.key] ?? [], value), false)
      else put(item, [value], isNext)
    }

    // With the mouse, or a native radio when single keys are off (there the answer alone moves nothing on).
    function chosen(item, value) {
      take(item, value, hasKeys())
      if (hasKeys()) toPad()
    }

    function jumped(item, number) {
      if (!card) return
      if (number < 0) { comment(); return }
      card.at = number
      isAsking = false
      show()
      ask()
      toPad()
    }

    function move(by) {
      if (!card) return
      isAsking = isRejecting = false
      const to = card.at + by
      if (to < 0 || to > keyed().length || (by > 0 && current() && card.given[current().key] === undefined)) return
      card.at = to
      show()
      const values = current() && card.given[current().key]
      hint('')
      ask(values ? fill(words.was, { value: Cards.signOf(current(), values) }) : '')
    }

    function unknown(key) {
      if (!card) return
      const text = current() ? fill(words.no_such_key, { key }) : words.press_enter
      hint(text)
      say(text)
    }

    // Several marks: Enter and Space go on to the next question. Everywhere else Enter saves the card.
    function goesOn() {
      const item = current()
      if (!item || !Cards.isSeveral(item) || isRejecting) return false
      put(item, card.given[item.key] ?? [], true)
      return true
    }

    function enter() {
      if (!card || isRejecting || goesOn()) return
      save()
    }

    function space() {
      if (card) goesOn()
    }

    function save() {
      if (!card || !form.isSettled(card)) return
      const left = Cards.questionsLeft(version, card)
      if (left.length && !isAsking) {
        isAsking = true
        card.at = keyed().indexOf(left[0])
        show()
        warn(fill(words.questions_left, { numbers: left.map((item) => item.position).join(', ') }))
        return
      }
      if (!Cards.canBeCounted(version, card) && !isSure) {
        isSure = !isFirst
        warn(isFirst ? words.nothing_on_it : words.nothing_on_it_second)
        return
      }
      keep(words.saved)
    }

    function warn(text) {
      hint(text, true)
      say(text)
    }

    function odd() {
      const found = Cards.oddities(version, card, pile.lastOnes()[0], words)
      if (found.length) hint(found.join(' · '), true)
      return found
    }

    function keep(sentence) {
      const entry = pile.keep(card, version)
      const after = aside
      aside = null
      if (after) { open(after, sentence); toPad() } else begin(sentence)
      hint(entry.odd.join(' · '), entry.odd.length > 0)
      pile.show()
    }

    // It comes back under a new key, as another page may have the old one.
    function restored(draft) {
      if (!card || Object.keys(card.given).length) return
      if (!isFirst && !queue.some((one) => one.id === draft.id)) return
      open(isFirst && !draft.isCorrection ? { ...draft, id: Cards.newKey() } : draft)
    }

    // --- The way back ---

    function recall() {
      const own = pile.lastOnes()
      const from = card?.isCorrection ? own.findIndex((entry) => entry.id === card.id) + 1 : 0
      if (!own[from]) { warn(words.nothing_to_recall); return }
      recallOne(own[from])
    }

    function recallOne(entry) {
      if (!isFirst && (entry.isTried || entry.state === 'sent')) { warn(words.sent_for_good); return }
      correct(entry)
    }

    function correct(entry) {
      const its = versionOf(entry.version)
      if (!its) { warn(words.nothing_to_recall); return }
      if (card && !card.isCorrection) aside = card
      const given = structuredClone(entry.given)
      open({ ...entry, given, revision: isFirst ? entry.revision + 1 : entry.revision, isCorrection: true, rejected: '', at: entry.rejected ? 0 : Cards.keyedItems(its).length }, words.recalled)
      hint(words.recalled)
      if (entry.state === 'refused' && entry.why === 'code') form.askCode(entry.code)
      else toPad()
    }

    function rejectOne(entry) {
      correct(entry)
      reject()
      toPad()
    }

    function escape() {
      if (isRejecting) { isRejecting = false; show(); ask(); return }
      if (!card?.isCorrection) { isAsking = false; hint(''); return }
      const after = aside
      aside = null
      open(after ?? nextCard(), words.left_as_it_was)
      hint(words.left_as_it_was)
      toPad()
    }

    // --- Comments, rejections, codes ---

    function comment() {
      if (!card || !isFirst) return
      if (!form.openComment(card, version)) warn(words.no_text_question)
    }

    function textChanged(key, text) {
      if (text) card.given[key] = [text]
      else delete card.given[key]
      view.show(version, card)
      pile.keepDraft(card)
    }

    function later() {
      if (!card || !isFirst) return
      if (!Cards.textItems(version).length) { warn(words.no_text_question); return }
      card.commentLater = !card.commentLater
      pile.keepDraft(card)
      show()
      say(card.commentLater ? words.comment_later : words.comment_later_off)
    }

    function reject() {
      if (!card || !isFirst) return
      isRejecting = true
      show()
      say(screen.rejections.map((one, number) => `${number + 1} ${one.words}`).join(', '))
    }

    function rejection(key) {
      const reason = screen.rejections[Number(key) - 1]
      if (!reason) return false
      rejectWith(reason)
      return true
    }

    function rejectWith(reason) {
      card.rejected = reason.value
      card.commentLater = false
      keep(fill(words.rejected, { reason: reason.words }))
    }

    function skip() {
      if (isFirst || !card) { if (isFirst) unknown('s'); return }
      queue = [...queue.slice(1), queue[0]]
      begin(words.put_aside)
    }

    function codeTaken(code, versionId, sentence) {
      card.code = code
      if (versionId && versionId !== card.version) useVersion(versionId)
      const isTwin = code && pile.all().some((entry) => entry.code === code && entry.id !== card.id)
      pile.keepDraft(card)
      show()
      toPad()
      if (isTwin) warn(words.just_keyed)
      else ask(sentence)
    }

    // Answers to questions that this version has too are kept.
    function useVersion(id) {
      version = versionOf(id)
      const own = new Set(version.items.map((item) => item.key))
      card.version = id
      card.given = Object.fromEntries(Object.entries(card.given).filter(([key]) => own.has(key)))
      card.at = Math.max(0, keyed().findIndex((item) => card.given[item.key] === undefined))
    }

    function versionChosen(id) {
      if (!card || card.code) return
      useVersion(id)
      show()
      toPad()
    }

    function dayChosen(day) {
      if (card) card.day = day
      toPad()
    }

    function scanned(text) {
      const found = Cards.readCode(text)
      if (!found || !card || card.rejected) return
      const isWhole = Cards.questionsLeft(version, card).length === 0
      const isUntouched = Object.keys(card.given).length === 0
      if (isWhole) save()
      if (isWhole || isUntouched) form.takeCode(text)
      else warn(words.scan_refused)
    }

    const help = () => at('help').showModal()
    const offers = (key) => Boolean(card && current() && Cards.valueOf(current(), key) !== undefined)
    const back = () => move(-1)
    const forward = () => move(1)
    const act = { answer, back, forward, enter, space, escape, comment, later, reject, skip, recall, help, unknown, hasKeys, scanned, takesScans: () => isFirst, offers }
    Cards.listen(view.pad, act)

    // --- Buttons for the same, and what the page remembers ---

    const press = (id, does) => at(id)?.addEventListener('click', () => { does(); if (!form.isOpen() && !at('help').open && document.activeElement !== at('code')) toPad() })
    press('do-back', back)
    press('do-next', () => { if (card && !goesOn()) nextByMouse() })
    press('do-save', () => { if (card) save() })
    press('do-comment', comment)
    press('do-later', later)
    press('do-reject', reject)
    press('do-recall', recall)
    press('do-skip', skip)
    press('do-help', help)
    for (const [number, one] of screen.rejections.entries()) press(`reject-${number + 1}`, () => rejectWith(one))
    press('reject-none', escape)

    // Without keys, a question that is passed by is left for later.
    function nextByMouse() {
      card.at = Math.min(card.at + 1, keyed().length)
      show()
      ask()
    }

    const keysSwitch = at('single-keys')
    keysSwitch.checked = hasKeys()
    view.setKeys(hasKeys())
    keysSwitch.addEventListener('change', () => {
      Cards.remember('keys', keysSwitch.checked ? 'on' : 'off')
      view.setKeys(hasKeys())
      say(hasKeys() ? words.keys_on : words.keys_off)
    })
    at('help').addEventListener('close', toPad)

    at('not-kept').hidden = store.isKept
    await pile.begin()
    begin('')
    pile.show()
    at('keying').dataset.ready = 'yes'
    pile.send()
    pile.withDraft(restored)
  }
})()
