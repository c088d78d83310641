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

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
// the exit first: nothing else on the page matters as much
createAll(LeaveThisPage)
for (const root of document.querySelectorAll('[data-module="govuk-exit-this-page"]')) {
  root.removeAttribute('data-module')
}
initAll()
