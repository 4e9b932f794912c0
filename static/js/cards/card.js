// One card while it is keyed: what was keyed, what is left, and what is odd about it. No page in here.
(() => {
  const SCALE = ['1', '2', '3', '4', '5']
  const UNREADABLE = '?'
  const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
  const JUDGED_FROM = 5

  Cards.isText = (item) => item.kind === 'text'

  // What is keyed one after the other; texts are reached by their own key.
  Cards.keyedItems = (version) => version.items.filter((item) => !Cards.isText(item))
  Cards.textItems = (version) => version.items.filter(Cards.isText)

  Cards.newCard = (details) => ({
    id: Cards.newKey(), revision: 0, version: 0, code: '', day: '', given: {}, commentLater: false, rejected: '', at: 0,
    isCorrection: false, ...details,
  })

  // The answers that one key can give, in the order of the keys: [{ key, value, words }].
  Cards.answersTo = (item, labels, words) => {
    const apart = [{ key: '0', value: '', words: words.blank }, { key: '9', value: UNREADABLE, words: words.unreadable }]
    if (item.kind !== 'rating') {
      return [...item.options.map((option, at) => ({ key: LETTERS[at], value: option.key, words: option.label })), ...apart]
    }
    if (item.allows_not_applicable) apart.push({ key: '7', value: 'x', words: words.not_applicable })
    return [...SCALE.map((value) => ({ key: value, value, words: labels[value] })), ...apart]
  }

  // The value that a key stands for at this question; undefined where it stands for none.
  Cards.valueOf = (item, key) => {
    if (key === '0') return ''
    if (key === '9') return UNREADABLE
    if (item.kind === 'rating') {
      if (SCALE.includes(key)) return key
      return item.allows_not_applicable && (key === '7' || key === 'x') ? 'x' : undefined
    }
    return key.length === 1 ? item.options[LETTERS.indexOf(key)]?.key : undefined
  }

  Cards.isSeveral = (item) => item.kind === 'several_choices'

  // Several may be marked: a letter is put on or taken off, and stays in the order of the card.
  Cards.toggled = (item, values, value) => {
    const chosen = new Set(values.filter((one) => one !== UNREADABLE))
    if (!chosen.delete(value)) chosen.add(value)
    return item.options.map((option) => option.key).filter((key) => chosen.has(key))
  }

  // What stands in a row of the list, and in the line of a card: a sign for each question.
  Cards.signOf = (item, values) => {
    if (values === undefined) return ''
    if (values.length === 0) return '–'
    if (Cards.isText(item)) return '¶'
    if (item.kind === 'rating' || values[0] === UNREADABLE) return values[0]
    return values.map((value) => LETTERS[item.options.findIndex((option) => option.key === value)] ?? value).join('')
  }

  Cards.signsOf = (version, given) => Cards.keyedItems(version).map((item) => Cards.signOf(item, given[item.key]) || '·')

  // The numbers of the questions that have no answer yet, as they stand on the paper.
  Cards.questionsLeft = (version, card) => Cards.keyedItems(version).filter((item) => card.given[item.key] === undefined)

  // Whether the server could count it: a rating from 1 to 5, a choice, or words.
  Cards.canBeCounted = (version, card) => version.items.some((item) => {
    const values = card.given[item.key] ?? []
    return item.kind === 'rating' ? SCALE.includes(values[0]) : values.length > 0
  })

  const ratingsOf = (version, given) => version.items.filter((item) => item.kind === 'rating')
    .map((item) => given[item.key]?.[0]).filter((value) => SCALE.includes(value))

  // What makes one look again; it stops nobody.
  Cards.oddities = (version, card, last, words) => {
    const ratings = ratingsOf(version, card.given)
    const odd = []
    if (ratings.length >= JUDGED_FROM && new Set(ratings).size === 1) odd.push(words.straight_line)
    const isSame = last && last.version === card.version && !last.rejected && last.id !== card.id && ratings.length >= JUDGED_FROM
      && Cards.signsOf(version, card.given).join() === Cards.signsOf(version, last.given).join()
    if (isSame) odd.push(words.same_as_last)
    return odd
  }

  // As it goes to the server, with nothing in it that is still to be keyed.
  Cards.filled = (version, given) => {
    const whole = {}
    for (const item of version.items) {
      const values = given[item.key]
      if (values?.length) whole[item.key] = values
      else if (!Cards.isText(item)) whole[item.key] = []
    }
    return whole
  }
})()
