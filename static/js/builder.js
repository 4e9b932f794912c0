// The builder without page loads: where the focus goes, one open form at a time, and dragging. Everything here also
// works without it, by buttons and pages.
(() => {
  const builder = () => document.getElementById('builder')
  const cards = () => [...document.querySelectorAll('.question-card')]
  // A resized text area has a style of its own; copying it as an attribute is what the content policy refuses.
  if (window.htmx) window.htmx.config.attributesToSettle = ['class']
  let used = null // what was pressed: { key, does }

  // --- Where the focus goes after <main> was swapped ---

  const remember = (element) => {
    const does = element?.closest('[data-does]')?.dataset.does
    if (does) used = { key: element.closest('.question-card')?.dataset.key, does }
  }
  const focusIn = (place, selectors) => {
    for (const selector of selectors) {
      const found = place?.querySelector(selector)
      if (found && !found.disabled) { found.focus({ preventScroll: true }); return true }
    }
    return false
  }
  const settle = () => {
    const touched = document.querySelector('[data-touched]')
    touched?.scrollIntoView({ block: 'nearest' })
    const last = used
    used = null
    if (last?.does === 'remove' && focusIn(document, ['[data-does="undo"]'])) {
      document.activeElement.scrollIntoView({ block: 'nearest' })
      return
    }
    if (!touched && last && !last.key && focusIn(document, [`[data-does="${last.does}"]`])) return
    const turned = { up: 'down', down: 'up' }[last?.does]
    if (focusIn(touched, last && last.does !== 'copy' ? [`[data-does="${last.does}"]`, `[data-does="${turned}"]`] : [])) return
    if (!focusIn(touched, ['[data-does="edit"]'])) focusIn(document, ['#content'])
  }
  document.addEventListener('click', (event) => remember(event.target), true)

  // --- One open form at a time, so that nothing typed is lost ---

  const openForm = () => builder()?.querySelector('.question-form-frame')
  const guard = () => {
    const form = openForm()
    for (const part of document.querySelectorAll('.question-card, .builder-text > .btn, .add-question, .undo')) {
      part.inert = Boolean(form) && !part.contains(form)
    }
  }

  document.addEventListener('htmx:beforeSwap', (event) => {
    const { xhr, requestConfig } = event.detail
    if (!builder()?.contains(requestConfig.elt)) return
    if (xhr.status === 422) {
      // A form with mistakes comes back into its own place, with everything typed in it.
      event.detail.shouldSwap = true
      event.detail.isError = false
      event.detail.target = requestConfig.elt.closest('.question-form-frame') ?? event.detail.target
      event.detail.selectOverride = '#question-form'
      event.detail.swapOverride = 'outerHTML'
    } else if (xhr.status >= 400) {
      builder().querySelector('.builder-trouble').hidden = false
    }
  })
  document.addEventListener('htmx:sendError', () => {
    const trouble = builder()?.querySelector('.builder-trouble')
    if (trouble) trouble.hidden = false
  })
  document.addEventListener('htmx:afterSettle', (event) => {
    if (!builder()) return
    guard()
    const form = openForm()
    if (form && event.detail.target?.id !== 'wording-hints') {
      focusIn(form, ['.is-invalid', 'textarea, input:not([type="hidden"])'])
    } else if (event.detail.elt?.id === 'content' || event.detail.target?.id === 'content') {
      settle()
    }
  })

  // --- Dragging by the handle ---

  let dragged = null
  const clear = () => {
    for (const card of cards()) card.classList.remove('is-dragged', 'drop-before', 'drop-after')
  }
  const isUpperHalf = (event, card) => {
    const box = card.getBoundingClientRect()
    return event.clientY < box.top + box.height / 2
  }
  document.addEventListener('dragstart', (event) => {
    const card = event.target.closest?.('.handle')?.closest('.question-card')
    if (!card) return
    dragged = card
    event.dataTransfer.effectAllowed = 'move'
    event.dataTransfer.setData('text/plain', card.dataset.key)
    event.dataTransfer.setDragImage(card, 16, 16)
    card.classList.add('is-dragged')
  })
  document.addEventListener('dragover', (event) => {
    const over = event.target.closest?.('.question-card')
    if (!dragged || !over) return
    event.preventDefault()
    for (const card of cards()) card.classList.remove('drop-before', 'drop-after')
    if (over !== dragged) over.classList.add(isUpperHalf(event, over) ? 'drop-before' : 'drop-after')
  })
  document.addEventListener('drop', (event) => {
    const over = event.target.closest?.('.question-card')
    if (!dragged || !over) return
    event.preventDefault()
    const from = Number(dragged.dataset.position)
    let to = Number(over.dataset.position) + (isUpperHalf(event, over) ? 0 : 1)
    if (from < to) to -= 1
    if (from !== to) move(dragged, to)
  })
  document.addEventListener('dragend', () => { clear(); dragged = null })

  // The card's own button up or down, sent to another position.
  const move = (card, to) => {
    const button = card.querySelector('[data-does="up"]:not(:disabled), [data-does="down"]:not(:disabled)')
    button.formAction = button.formAction.replace(/\/move\/\d+\//, `/move/${to}/`)
    button.click()
  }
})()
