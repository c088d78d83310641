/** The exit: the page is covered at once, its place in the history replaced, and Back brings nothing up again. */
const { body } = document
const cover = 'govuk-exit-this-page-hide-content'
export const exit = document.querySelector('.govuk-js-exit-this-page-button')
let hasLeft = false

export function made(parent, name, attribute, value) {
  const one = document.createElement('div')
  one.className = name
  one.setAttribute(attribute, value)
  return parent.appendChild(one)
}

export function leave(event) {
  event?.preventDefault()
  hasLeft = true
  body.classList.add(cover)
  made(body, 'govuk-exit-this-page-overlay', 'role', 'alert').textContent = 'Loading.'
  location.replace(exit.href)
}

for (const link of document.querySelectorAll('[class*=govuk-js-exit]')) link.onclick = leave
addEventListener('pageshow', event => {
  if (hasLeft && event.persisted) location.replace(exit.href)
})
// the server does not know this browser any more, and the browser says that it went back
const [look] = performance.getEntriesByType('navigation')
const isNew = look?.serverTiming?.some(entry => entry.name === 'first-look')
if (exit && isNew && look.type === 'back_forward') {
  body.classList.add(cover)
  location.replace(exit.href)
}
