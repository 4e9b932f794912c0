// The card on the screen: the current question large, all questions in their places below it.
(() => {
  const element = (name, className, text) => {
    const made = document.createElement(name)
    if (className) made.className = className
    if (text !== undefined) made.textContent = text
    return made
  }
  Cards.element = element

  Cards.makeScreen = ({ screen, words, chosen, jumped }) => {
    const at = (id) => document.getElementById(id)
    const pad = at('pad')
    let shown = null // the version whose questions stand in the list
    let rows = []
    let panels = new Map()
    let hasKeys = true
    let now = null // the question whose answers are on the screen

    // Ratings share one panel, each choice has its own; all are made once, so that a key changes as little as can be.
    const nameOf = (item) => (item.kind === 'rating' ? `rating ${item.allows_not_applicable}` : item.key)
    const panelOf = (item) => {
      const panel = element('fieldset', `answers answers-${item.kind}`)
      panel.append(element('legend', 'visually-hidden'))
      const kind = Cards.isSeveral(item) ? 'checkbox' : 'radio'
      for (const { key, value, words: label } of Cards.answersTo(item, screen.labels, words)) {
        const isApart = value === '' || value === '?' || value === 'x'
        const choice = element('label', isApart ? 'answer answer-apart' : 'answer')
        const input = element('input', 'visually-hidden')
        input.type = isApart ? 'radio' : kind
        input.name = `answer ${nameOf(item)}`
        input.value = value
        choice.append(input, element('kbd', '', key.toUpperCase()), element('span', '', label))
        if (isApart && !panel.querySelector('.answers-apart')) panel.append(element('div', 'answers-apart'))
        ;(isApart ? panel.querySelector('.answers-apart') : panel).append(choice)
      }
      panel.addEventListener('change', (event) => chosen(now, event.target.value))
      return panel
    }

    const rowOf = (item, number) => {
      const row = element('li', 'row')
      const button = element('button')
      button.type = 'button'
      button.append(element('span', 'row-position', item.position), element('span', 'row-text', item.text), element('span', 'row-value'))
      button.title = item.text
      button.addEventListener('click', () => jumped(item, number))
      row.append(button)
      return row
    }

    const build = (version) => {
      shown = version
      const keyed = Cards.keyedItems(version)
      panels = new Map()
      for (const item of keyed) if (!panels.has(nameOf(item))) panels.set(nameOf(item), panelOf(item))
      rows = version.items.map((item) => rowOf(item, keyed.indexOf(item)))
      at('pad-list').replaceChildren(...rows)
      at('now-version').textContent = version.number
      focusable()
    }

    // With single keys off everything is reached by Tab; with them on, the keying area is the one stop.
    const focusable = () => {
      if (hasKeys) pad.tabIndex = 0
      else pad.removeAttribute('tabindex')
      if (hasKeys) pad.setAttribute('role', 'application')
      else pad.setAttribute('role', 'group')
      for (const panel of panels.values()) for (const input of panel.querySelectorAll('input')) input.tabIndex = hasKeys ? -1 : 0
      for (const row of rows) row.firstChild.tabIndex = hasKeys ? -1 : 0
    }

    const mark = (item, row, card) => {
      const values = card.given[item.key]
      const place = row.firstChild.lastChild
      const sign = Cards.signOf(item, values)
      if (place.textContent !== sign) place.textContent = sign
      place.dataset.sign = item.kind === 'rating' ? sign : ''
      row.classList.toggle('is-keyed', sign !== '')
    }

    const tick = (item, values) => {
      for (const input of panels.get(nameOf(item)).querySelectorAll('input')) {
        input.checked = values !== undefined && (input.value === '' ? values.length === 0 : values.includes(input.value))
      }
    }

    const showItem = (item, card) => {
      at('now-position').textContent = item.position
      at('now-section').textContent = item.section
      at('now-text').textContent = item.text
      const panel = panels.get(nameOf(item))
      now = item
      panel.firstChild.textContent = `${item.position}. ${item.text}`
      tick(item, card.given[item.key])
      if (at('now-answers').firstChild !== panel) at('now-answers').replaceChildren(panel)
      at('now-several').hidden = !Cards.isSeveral(item)
    }

    const showEnd = (text, after) => {
      at('now-position').textContent = '✓'
      at('now-section').textContent = ''
      at('now-text').textContent = text
      at('now-several').hidden = true
      at('now-answers').replaceChildren(element('p', 'answers-none', after))
    }

    // Everything about this card; `version` decides the list.
    const show = (version, card) => {
      if (shown !== version) build(version)
      version.items.forEach((item, number) => mark(item, rows[number], card))
      const item = Cards.keyedItems(version)[card.at]
      rows.forEach((row, number) => row.classList.toggle('is-current', version.items[number] === item))
      pad.dataset.at = card.at
      if (item) showItem(item, card)
      else showEnd(words.complete, words.press_enter)
    }

    const setKeys = (isOn) => {
      hasKeys = isOn
      focusable()
      document.body.classList.toggle('keys-off', !isOn)
    }

    const showNone = (text) => {
      rows = []
      shown = null
      at('pad-list').replaceChildren()
      showEnd(text, '')
    }

    const focusAnswers = () => {
      const inputs = [...at('now-answers').querySelectorAll('input')]
      const first = inputs.find((input) => input.checked) ?? inputs[0] ?? at('do-save')
      first.focus()
    }

    // Read out by a screen reader: what was keyed, then what is asked.
    const say = (...sentences) => { at('heard').textContent = sentences.filter(Boolean).join(' ') }
    const hint = (text, isWarning = false) => {
      at('now-hint').textContent = text
      at('now-hint').classList.toggle('is-warning', isWarning)
    }

    return { pad, show, showNone, setKeys, focusAnswers, say, hint }
  }
})()
