// Whoever names another value means it: its circle is chosen along.
document.addEventListener('change', (event) => {
  if (!event.target.name?.endsWith('-other')) return
  event.target.closest('.reading').querySelector('input[value="other"]').checked = true
})
