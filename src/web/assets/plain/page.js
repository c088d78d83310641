/** What a page is better with: problems are read out first, a link to one goes into its field, one press is one press. */
const note = document.querySelector('.govuk-error-summary,[role=alert][data-module]')
if (note) {
  note.tabIndex = -1
  note.focus()
  note.onblur = () => note.removeAttribute('tabindex')
  for (const link of note.querySelectorAll('a[href^="#"]'))
    link.onclick = event => {
      const field = document.getElementById(link.hash.slice(1))
      if (!field) return
      event.preventDefault()
      const label = document.querySelector(`label[for="${field.id}"]`)
      ;(field.closest('fieldset')?.querySelector('legend') ?? label ?? field).scrollIntoView()
      field.focus({ preventScroll: true })
    }
}
let pressed = -1e3
for (const button of document.querySelectorAll('[data-prevent-double-click]'))
  button.onclick = event => {
    if (event.timeStamp - pressed < 1e3) event.preventDefault()
    else pressed = event.timeStamp
  }
