// What is typed rather than keyed: the card's code, its day and version, and comments.
(() => {
  Cards.makeForm = ({ screen, words, versionOf, act }) => {
    const at = (id) => document.getElementById(id)
    const code = at('code')
    const day = at('day')
    const versions = at('version')
    const comment = at('comment')
    const isFirst = screen.turn === 'first'
    const stickyDay = `day:${screen.batch}`
    let card = null

    const codesSwitch = at('with-codes')
    const hasCodes = () => isFirst && codesSwitch.checked
    const complain = (text) => {
      at('code-trouble').textContent = text
      at('code-trouble').hidden = !text
      code.setAttribute('aria-invalid', String(Boolean(text)))
    }

    // The code says which version the card is of and where it was printed for; without one the card's choice stands.
    const takeCode = (text) => {
      if (text.trim() === '') {
        complain('')
        act.codeTaken('', null, '')
        return true
      }
      const found = Cards.readCode(text.trim())
      const run = found && screen.runs.find(([id, , copies]) => id === found.run && found.serial >= 1 && found.serial <= copies)
      if (!run || !versionOf(run[1])) {
        complain(found ? words.unknown_code : words.bad_code)
        code.focus()
        code.select()
        return false
      }
      complain('')
      act.codeTaken(found.code, run[1], Cards.fill(words.code_read, { code: found.code, version: versionOf(run[1]).number, location: run[3] }))
      return true
    }

    const askCode = (text = '') => {
      at('code-form').hidden = false
      code.value = text
      complain('')
      code.focus()
      code.select()
    }

    // Before a card is saved: what stands in the code field must be its code.
    const isSettled = (one) => {
      if (!isFirst || at('code-form').hidden || code.value.trim() === one.code) return true
      if (code.value.trim() === '') { one.code = ''; return true }
      if (!takeCode(code.value)) return false
      return true
    }

    const show = (one, version) => {
      if (!isFirst) return
      const isOther = card !== one
      card = one
      at('code-form').hidden = !hasCodes() && !one.code
      if (isOther || (one.code && code.value !== one.code)) code.value = one.code
      if (isOther) complain('')
      if (day && one.day) day.value = one.day
      if (versions) {
        versions.value = String(version.id)
        versions.disabled = Boolean(one.code)
      }
    }

    const textFields = (one, version) => Cards.textItems(version).map((item) => {
      const label = Cards.element('label', '', item.text)
      const field = Cards.element('textarea', 'form-control')
      field.id = `text-${item.key}`
      field.maxLength = Number(at('comment-fields').dataset.longest)
      field.rows = 3
      field.value = one.given[item.key]?.[0] ?? ''
      label.htmlFor = field.id
      field.addEventListener('input', () => act.textChanged(item.key, field.value.trim()))
      const place = Cards.element('div')
      place.append(label, field)
      return place
    })

    const openComment = (one, version) => {
      const fields = textFields(one, version)
      if (!fields.length) return false
      at('comment-fields').replaceChildren(...fields)
      comment.hidden = false
      fields[0].querySelector('textarea').focus()
      return true
    }
    const closeComment = () => {
      comment.hidden = true
      act.toPad()
    }

    if (isFirst) {
      codesSwitch.checked = Cards.remembered('codes') === 'on'
      codesSwitch.addEventListener('change', () => {
        Cards.remember('codes', codesSwitch.checked ? 'on' : 'off')
        at('code-form').hidden = !codesSwitch.checked
        if (codesSwitch.checked) askCode(card?.code)
        else act.toPad()
      })
      at('code-form').addEventListener('submit', (event) => {
        event.preventDefault()
        takeCode(code.value)
      })
      code.addEventListener('keydown', (event) => { if (event.key === 'Escape') act.toPad() })
      const kept = Cards.remembered(stickyDay)
      if (kept && (day.tagName === 'INPUT' || [...day.options].some((option) => option.value === kept))) day.value = kept
      day.addEventListener('change', () => {
        Cards.remember(stickyDay, day.value)
        act.dayChosen(day.value)
      })
      versions?.addEventListener('change', () => act.versionChosen(Number(versions.value)))
      comment.addEventListener('keydown', (event) => {
        if (event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey))) {
          event.preventDefault()
          closeComment()
        }
      })
      at('comment-done').addEventListener('click', closeComment)
    }

    return {
      show, askCode, takeCode, isSettled, openComment, hasCodes,
      isOpen: () => isFirst && !comment.hidden,
      closeComment: () => { if (isFirst) comment.hidden = true },
      day: () => day?.value ?? '',
      version: () => (versions ? Number(versions.value) : screen.version),
    }
  }
})()
