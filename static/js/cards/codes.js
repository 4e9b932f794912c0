// The code on a card, checked on the device as cards/codes.py checks it on the server.
window.Cards = {};
(() => {
  const SIGNS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
  const POLYNOMIAL = 0b100101
  const RUN = 4
  const CODE = new RegExp(`^[${SIGNS}]{8}$`)
  const IN_ADDRESS = /[?&]card=([0-9A-Za-z-]+)/

  const numberOf = (signs) => [...signs].reduce((number, sign) => number * SIGNS.length + SIGNS.indexOf(sign), 0)

  // Times the generator of the field: a shift, and what goes over the top comes back in at the bottom.
  const doubled = (element) => (element << 1) ^ ((element << 1) & SIGNS.length ? POLYNOMIAL : 0)

  const checkSign = (signs) => SIGNS[[...signs].reduce((total, sign) => doubled(total ^ SIGNS.indexOf(sign)), 0)]

  // { run, serial, code } of what was typed or scanned, the whole address too; null where no card has this code.
  Cards.readCode = (text) => {
    const found = IN_ADDRESS.exec(text)
    const plain = (found ? found[1] : text).toUpperCase().replaceAll('-', '').replaceAll(' ', '')
    if (!CODE.test(plain) || checkSign(plain.slice(0, -1)) !== plain.at(-1)) return null
    return {
      run: numberOf(plain.slice(0, RUN)),
      serial: numberOf(plain.slice(RUN, -1)),
      code: `${plain.slice(0, 4)}-${plain.slice(4)}`,
    }
  }

  // Made before anything else, so that a card that is sent again is known again. Plain http has no randomUUID.
  Cards.newKey = () => {
    if (crypto.randomUUID) return crypto.randomUUID()
    const bytes = crypto.getRandomValues(new Uint8Array(16))
    bytes[6] = (bytes[6] & 0x0f) | 0x40
    bytes[8] = (bytes[8] & 0x3f) | 0x80
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
  }

  // A sentence from the page with its values: "%(count)s" and the like.
  Cards.fill = (text, values = {}) => text.replace(/%\((\w+)\)s/g, (whole, name) => values[name] ?? whole)

  // Small choices that a device remembers; a private window forgets them.
  Cards.remembered = (name) => { try { return localStorage.getItem(`cards:${name}`) } catch { return null } }
  Cards.remember = (name, value) => { try { localStorage.setItem(`cards:${name}`, value) } catch { /* private window */ } }
})()
