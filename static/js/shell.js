// Loaded in the head, before anything is painted: the theme first, then a few small habits by delegation.
(() => {
  const root = document.documentElement
  const saved = () => { try { return localStorage.getItem('theme') } catch { return null } }
  const apply = (theme) => {
    if (theme === 'light' || theme === 'dark') root.setAttribute('data-bs-theme', theme)
    else root.removeAttribute('data-bs-theme')
    for (const button of document.querySelectorAll('[data-theme]')) {
      button.setAttribute('aria-pressed', String(button.dataset.theme === (theme || 'auto')))
    }
  }
  const choose = (theme) => {
    try { theme === 'auto' ? localStorage.removeItem('theme') : localStorage.setItem('theme', theme) } catch { /* private window */ }
    apply(theme)
  }
  apply(saved())
  root.classList.add('scripted')

  const copy = async (button) => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim())
    const words = button.querySelector('[data-copied]')
    const before = words.textContent
    words.textContent = words.dataset.copied
    setTimeout(() => { words.textContent = before }, 2000)
  }

  // Pictures that nobody has scrolled to yet are printed, too; those by day and of the paper's width, whatever the screen
  // shows. The key and the button wait for them. A browser's own menu waits for nothing: so they are there soon after the
  // page, but for a phone's and those of the other theme; on paper one by night stands for one by day that is not there.
  const printed = () => [...document.querySelectorAll('picture:not(.by-dark) img')]
  const isThere = (picture) => picture.querySelector('img').naturalWidth > 0
  const layForPaper = () => {
    for (const one of document.querySelectorAll('picture:not(.by-dark) source')) {
      one.dataset.screen ??= one.media
      one.media = 'not all'
    }
    for (const one of printed()) one.loading = 'eager'
  }
  const printWhole = async () => {
    layForPaper()
    const late = new Promise((resolve) => { setTimeout(resolve, 20000) })
    await Promise.race([Promise.allSettled(printed().map((one) => one.decode())), late])
    window.print()
  }
  addEventListener('beforeprint', () => {
    layForPaper()
    for (const one of document.querySelectorAll('picture.by-dark')) {
      one.classList.toggle('on-paper', isThere(one) && !isThere(one.parentElement.querySelector('.by-light')))
    }
  })
  addEventListener('afterprint', () => {
    for (const one of document.querySelectorAll('source[data-screen]')) one.media = one.dataset.screen
  })
  addEventListener('load', () => {
    if (matchMedia('(max-width: 40rem)').matches) return
    for (const one of printed()) if (one.checkVisibility()) one.loading = 'eager'
  })
  document.addEventListener('keydown', (event) => {
    const isAsked = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'p'
    if (isAsked && printed().length) { event.preventDefault(); printWhole() }
  })

  const closeMenus = (except) => {
    for (const menu of document.querySelectorAll('details[data-menu][open]')) if (menu !== except) menu.open = false
  }
  document.addEventListener('keydown', (event) => {
    const menu = event.key === 'Escape' && event.target.closest('details[data-menu][open]')
    if (menu) { menu.open = false; menu.querySelector('summary').focus() }
  })
  document.addEventListener('click', (event) => {
    closeMenus(event.target.closest('a') ? null : event.target.closest('details[data-menu]'))
    const at = (selector) => event.target.closest(selector)
    if (at('[data-theme]')) choose(at('[data-theme]').dataset.theme)
    else if (at('[data-copy]')) copy(at('[data-copy]'))
    else if (at('[data-dialog]')) document.getElementById(at('[data-dialog]').dataset.dialog).showModal()
    else if (at('[data-close]')) at('dialog, .notice').matches('dialog') ? at('dialog').close() : at('.notice').remove()
    else if (at('[data-print]')) printWhole()
  })
  // A change in a filter bar is a new address; without a script its button does the same.
  document.addEventListener('change', (event) => {
    const form = event.target.closest('form[data-send-on-change]')
    if (form) form.requestSubmit()
  })
  // Its address says what was chosen and no more; without a script the server sees to it. Days that follow from a shortcut
  // are said by it, as long as none of them is changed.
  document.addEventListener('formdata', ({ target, formData }) => {
    if (!target.matches('form[data-short]')) return
    const days = [...target.querySelectorAll('[data-follows]')]
    const unsaid = days.every((one) => one.value === one.defaultValue) ? days.map((one) => one.name) : []
    const said = [...formData].filter(([name, value]) => value && !unsaid.includes(name))
    for (const name of new Set(formData.keys())) formData.delete(name)
    for (const [name, value] of said) formData.append(name, value)
  })
  for (const kind of ['dragover', 'dragleave', 'drop']) {
    document.addEventListener(kind, (event) => {
      event.target.closest?.('.file-drop')?.classList.toggle('is-over', kind === 'dragover')
    })
  }
  // Of tabs that scroll, the current one is in sight.
  const showCurrentTabs = () => {
    for (const tab of document.querySelectorAll('.tabs [aria-current]')) {
      const tabs = tab.closest('.tabs')
      tabs.scrollLeft += tab.getBoundingClientRect().left - tabs.getBoundingClientRect().left - (tabs.clientWidth - tab.offsetWidth) / 2
    }
  }
  document.addEventListener('DOMContentLoaded', () => { apply(saved()); showCurrentTabs() })
})()
