import { createAll, ExitThisPage, initAll } from './govuk-frontend.js'

/**
 * Leaves at once and leaves less behind than the published control: the page's own place in the history is
 * replaced, and a page that the browser brings back from its memory is covered and left again.
 */
class LeaveThisPage extends ExitThisPage {
  exitPage() {
    document.body.classList.add('govuk-exit-this-page-hide-content')
    const overlay = document.createElement('div')
    overlay.className = 'govuk-exit-this-page-overlay'
    overlay.setAttribute('role', 'alert')
    document.body.append(overlay)
    overlay.textContent = 'Loading.'
    this.hasLeft = true
    window.location.replace(this.$button.href)
  }

  resetPage(event) {
    if (this.hasLeft && event?.persisted) window.location.replace(this.$button.href)
    else super.resetPage()
  }
}

/**
 * Whether Back has brought up a page of a visit that has ended: the server says that it does not know this
 * browser any more, and the browser says that it went back in its history.
 */
function wasLeftBefore() {
  const [navigation] = performance.getEntriesByType('navigation')
  const isNew = navigation?.serverTiming?.some(entry => entry.name === 'first-look')
  return navigation?.type === 'back_forward' && isNew === true
}

const exit = document.querySelector('.govuk-js-exit-this-page-button')
if (exit && wasLeftBefore()) {
  document.body.classList.add('govuk-exit-this-page-hide-content')
  window.location.replace(exit.href)
}

// ARIA in HTML allows aria-expanded on a checkbox and not on a radio; the published script sets it on both
const tidy = new MutationObserver(changes => {
  for (const { target } of changes) target.removeAttribute('aria-expanded')
})
for (const radio of document.querySelectorAll('.govuk-radios__input')) {
  tidy.observe(radio, { attributeFilter: ['aria-expanded'] })
}

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
// the exit first: nothing else on the page matters as much
createAll(LeaveThisPage)
for (const root of document.querySelectorAll('[data-module="govuk-exit-this-page"]')) {
  root.removeAttribute('data-module')
}
initAll()

/** Shows of the kinds of things those that have what is typed, and what is ticked; without a script the form asks the server. */
function findKindsAsTyped(form) {
  const field = form.querySelector('input')
  const found = document.querySelector('[data-kinds-found]')
  const plain = text => text.normalize('NFKC').toLowerCase().replaceAll('’', "'")
  const sections = [...document.querySelectorAll('.kinds > section')].map(section => ({
    section,
    jump: document.querySelector(`[data-kinds-of="${section.id}"]`),
    items: [...section.querySelectorAll('.govuk-checkboxes__item')].map(item => ({
      item,
      names: item.nextElementSibling,
      box: item.querySelector('input'),
      text: plain(`${item.textContent} ${section.querySelector('h3').textContent}`),
    })),
  }))
  const show = () => {
    const words = plain(field.value).split(/\s+/).filter(Boolean)
    let count = 0
    for (const { section, jump, items } of sections) {
      for (const { item, names, box, text } of items) {
        const has = words.every(word => text.includes(word))
        if (has) count += 1
        item.hidden = names.hidden = !has && !box.checked
      }
      section.hidden = jump.hidden = items.every(({ item }) => item.hidden)
    }
    found.textContent = words.length === 0 ? '' : count === 1 ? '1 kind has it.' : `${count} kinds have it.`
  }
  field.addEventListener('input', show)
  form.addEventListener('submit', event => event.preventDefault())
}

const findsKinds = document.querySelector('[data-finds-kinds]')
// where the server has looked already, the others are not on the page
if (findsKinds && !new URLSearchParams(window.location.search).get('find')) findKindsAsTyped(findsKinds)
