// Which key means what. Keys act only while the keying area itself has the focus, and not at all when turned off.
(() => {
  const DIGIT = /^[0-9]$/
  const DIGIT_CODE = /^(?:Digit|Numpad)([0-9])$/
  // Signs that are commands of their own, on the numpad too.
  const SIGNS = { '/': 'c', '*': 'l', '-': 'r', Decimal: 'Backspace' }

  // The key by what it does: a digit wherever it lies (Czech and French rows give letters without Shift; a numpad
  // without its lock gives arrows), a small letter, or a name.
  Cards.keyOf = (event) => {
    if (DIGIT.test(event.key)) return event.key
    const code = DIGIT_CODE.exec(event.code)
    if (code && (event.code.startsWith('Numpad') || !event.shiftKey)) return code[1]
    if (event.code === 'NumpadDecimal') return SIGNS.Decimal
    if (event.key === ' ' || event.key === 'Spacebar') return 'Space'
    return SIGNS[event.key] ?? (event.key.length === 1 ? event.key.toLowerCase() : event.key)
  }

  const MOVES = { ArrowUp: 'back', ArrowLeft: 'back', Backspace: 'back', ArrowDown: 'forward', ArrowRight: 'forward' }
  const COMMANDS = { Enter: 'enter', Space: 'space', Escape: 'escape', ...MOVES }
  const LETTERS = { c: 'comment', l: 'later', r: 'reject', s: 'skip', '?': 'help' }

  // A scanner types the card's whole address in a few milliseconds and ends with Enter. Where it does so into the
  // keying area, its letters and digits must not be taken for answers.
  const makeScan = (scanned) => {
    const PAUSE = 80
    let text = ''
    let last = 0
    return (event, startsWith) => {
      const isGoingOn = text !== '' && event.timeStamp - last < PAUSE
      if (!isGoingOn && !startsWith) return false
      text = (isGoingOn ? text : '') + (event.key.length === 1 ? event.key : '')
      last = event.timeStamp
      if (event.key === 'Enter') {
        scanned(text)
        text = ''
      }
      return true
    }
  }

  // `act` has a function for each command, `answer(key)` which says whether the key was one of the question's
  // answers, `offers(key)` which asks the same, `takesScans()` and `scanned(text)`.
  Cards.listen = (pad, act) => {
    const scan = makeScan(act.scanned)
    const isOwn = (event) => event.target === pad && !event.isComposing

    const command = (key) => {
      if (act.answer(key)) return true
      const name = COMMANDS[key] ?? LETTERS[key]
      if (name) act[name]()
      else if (key.length === 1) act.unknown(key)
      return Boolean(name) || key.length === 1
    }

    pad.addEventListener('keydown', (event) => {
      if (!isOwn(event) || !act.hasKeys()) return
      const isUndo = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'z'
      if (isUndo) {
        event.preventDefault()
        act.recall()
        return
      }
      if (event.ctrlKey || event.metaKey || event.altKey || event.key === 'Tab' || event.key === 'Shift') return
      const key = Cards.keyOf(event)
      if (scan(event, key === 'h' && act.takesScans() && !act.offers(key))) {
        event.preventDefault()
        return
      }
      // A key that is held down answers one question, not ten.
      const isHeld = event.repeat && !MOVES[key]
      if (isHeld || command(key)) event.preventDefault()
    })
  }
})()
