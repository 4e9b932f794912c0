// Beside the card: the tally, the pace, the last five cards, what is not sent yet, and what was not taken.
(() => {
  const LAST = 5
  // A card that is under way for so long is not sent yet, in red.
  const SOON = 2000
  const PACE_OVER = 30
  const A_BREAK = 5 * 60_000

  // Cards an hour over the last ones that were keyed without a break; null before there is a pace.
  Cards.paceOf = (times) => {
    let from = times.length - 1
    while (from > 0 && times.length - from <= PACE_OVER && times[from] - times[from - 1] < A_BREAK) from -= 1
    const took = times.at(-1) - times[from]
    return times.length - from < 3 || took === 0 ? null : Math.round((times.length - 1 - from) * 3_600_000 / took)
  }

  Cards.makeSide = ({ screen, words, versionOf, act }) => {
    const at = (id) => document.getElementById(id)
    const fill = Cards.fill
    const title = document.title
    let trouble = null
    let clock = 0

    const isOfHere = (entry) => entry.batch === screen.batch && entry.turn === screen.turn

    const button = (text, label, act_, tone = 'btn-secondary') => {
      const made = Cards.element('button', `btn btn-sm ${tone}`, text)
      made.type = 'button'
      made.append(Cards.element('span', 'visually-hidden', ` ${label}`))
      made.addEventListener('click', act_)
      return made
    }
    const timeOf = (entry) => new Date(entry.keptAt).toLocaleTimeString(document.documentElement.lang, { timeStyle: 'short' })
    const nameOf = (entry) => entry.number ? fill(words.card, { number: entry.number }) : entry.code || timeOf(entry)
    const signsOf = (entry) => {
      const version = versionOf(entry.version)
      const reason = screen.rejections.find((one) => one.value === entry.rejected)
      if (entry.rejected) return reason ? reason.words : entry.rejected
      return version ? Cards.signsOf(version, entry.given).join('').replace(/(.{5})(?=.)/g, '$1 ') : ''
    }

    const tally = (entries, counts) => {
      const own = entries.filter((entry) => isOfHere(entry) && entry.state === 'unsent' && !entry.number && !entry.isCorrection)
      const rejected = own.filter((entry) => entry.rejected).length
      const keyed = counts.keyed + own.length - rejected
      const left = counts.counted - keyed - counts.rejected - rejected
      at('tally-keyed').textContent = keyed
      at('tally-rejected').textContent = counts.rejected + rejected
      at('tally-left').textContent = Math.max(0, left)
      at('tally-over').hidden = left >= 0
      at('tally-bar').value = counts.counted - Math.max(0, left)
    }
    const tallySecond = (entries, counts) => {
      const done = entries.filter((entry) => isOfHere(entry) && entry.state === 'unsent').length
      at('tally-awaiting').textContent = Math.max(0, counts.awaiting - done)
    }

    const lastCards = (entries) => {
      const last = entries.filter((entry) => isOfHere(entry) && entry.state !== 'refused').sort((one, other) => other.order - one.order)
      at('last').replaceChildren(...last.slice(0, LAST).map((entry) => {
        const line = Cards.element('li', `last-card is-${entry.state}`)
        const standing = entry.state === 'sent' ? (entry.again ? words.is_keyed_twice : words.is_sent) : words.is_unsent
        line.append(Cards.element('span', 'last-name', nameOf(entry)), Cards.element('span', 'last-signs', signsOf(entry)),
          Cards.element('span', 'last-standing', [standing, ...(entry.odd ?? [])].join(' · ')))
        if (screen.turn === 'first') line.append(button(words.recall, nameOf(entry), () => act.recallOne(entry), 'btn-quiet'))
        return line
      }))
      at('last-none').hidden = last.length > 0
    }

    const tray = (entries) => {
      const refused = entries.filter((entry) => entry.state === 'refused')
      at('tray').hidden = refused.length === 0
      at('tray-cards').replaceChildren(...refused.map((entry) => {
        const line = Cards.element('li', 'tray-card')
        const place = isOfHere(entry) ? '' : ` · ${fill(words.of_batch, { batch: entry.batch })}`
        line.append(Cards.element('p', 'tray-name', `${[entry.code || nameOf(entry), signsOf(entry)].filter(Boolean).join(' · ')}${place}`),
          Cards.element('p', 'tray-reason', entry.reason))
        const ways = Cards.element('div', 'buttons')
        if (isOfHere(entry)) ways.append(button(words.correct, nameOf(entry), () => act.correct(entry)))
        if (isOfHere(entry) && screen.turn === 'first') ways.append(button(words.reject, nameOf(entry), () => act.rejectOne(entry)))
        ways.append(button(words.send_again, nameOf(entry), () => act.sendAgain(entry)), button(words.discard, nameOf(entry), () => act.discard(entry), 'btn-quiet btn-danger-quiet'))
        line.append(ways)
        return line
      }))
      return refused.length
    }

    const reasonOf = () => {
      if (!trouble) return ''
      return fill(words[trouble.kind] ?? words.no_answer, { status: trouble.status })
    }

    const sending = (entries, refused) => {
      const unsent = entries.filter((entry) => entry.state === 'unsent')
      const oldest = Math.min(...unsent.map((entry) => entry.keptAt))
      const isRed = unsent.length > 0 && (trouble !== null || Date.now() - oldest > SOON)
      at('sending').dataset.tone = isRed ? 'bad' : unsent.length ? 'wait' : 'good'
      at('sending-words').textContent = isRed
        ? fill(words.unsent, { count: unsent.length })
        : unsent.length ? fill(words.sending, { count: unsent.length }) : words.all_sent
      const reason = isRed ? reasonOf() : ''
      if (at('trouble').textContent !== reason) at('trouble').textContent = reason
      at('sign-in').hidden = !(isRed && ['signed_out', 'somebody_else', 'refuses'].includes(trouble?.kind))
      const marks = [unsent.length && isRed ? fill(words.unsent_title, { count: unsent.length }) : '', refused ? fill(words.refused_title, { count: refused }) : '']
      document.title = [...marks.filter(Boolean), title].join(' ')
      clearTimeout(clock)
      if (unsent.length && !isRed) clock = setTimeout(() => sending(entries, refused), SOON - (Date.now() - oldest) + 10)
      return unsent.length
    }

    const pace = (times) => {
      const found = Cards.paceOf(times)
      at('pace').textContent = found === null ? '–' : fill(words.per_hour, { count: found })
    }

    // Returns how many cards are not sent.
    const show = ({ entries, counts, times }) => {
      if (screen.turn === 'first') tally(entries, counts)
      else tallySecond(entries, counts)
      lastCards(entries)
      pace(times)
      return sending(entries, tray(entries))
    }
    // At once, before anything else is known of a card that was just keyed.
    const underWay = () => {
      if (at('sending').dataset.tone === 'good') at('sending').dataset.tone = 'wait'
    }
    const setTrouble = (found) => { trouble = found }

    return { show, underWay, setTrouble }
  }
})()
