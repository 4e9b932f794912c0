// Begins the screen, and asks for a worker that keeps this page and its files, so that it opens without a server.
(() => {
  const address = JSON.parse(document.getElementById('screen').textContent).urls.worker

  const keepPage = async () => {
    const registration = await navigator.serviceWorker.register(address)
    await navigator.serviceWorker.ready
    const files = performance.getEntriesByType('resource').map((entry) => entry.name)
    const worker = registration.active ?? navigator.serviceWorker.controller
    worker?.postMessage({ page: location.href, files })
  }

  Cards.start()
  // Only where the address is safe (https, or this very machine) does a browser offer it; cards are kept either way.
  if ('serviceWorker' in navigator) addEventListener('load', () => keepPage().catch(() => { /* the screen works without */ }))
})()
