/** Shows a password while its owner wants to see it, and never sends it shown: a browser might remember it. */
for (const root of document.querySelectorAll('.govuk-password-input')) {
  const field = root.querySelector('input')
  const button = root.querySelector('button')
  const status = document.createElement('div')
  status.className = 'govuk-visually-hidden'
  status.setAttribute('aria-live', 'polite')
  field.after(status)
  const show = isShown => {
    field.type = isShown ? 'text' : 'password'
    button.textContent = isShown ? 'Hide' : 'Show'
    button.setAttribute('aria-label', `${button.textContent} password`)
    status.textContent = `Your password is ${isShown ? 'visible' : 'hidden'}`
  }
  button.hidden = false
  button.onclick = () => show(field.type === 'password')
  field.form.addEventListener('submit', () => (field.type = 'password'))
  addEventListener('pageshow', () => (field.type = 'password'))
}
