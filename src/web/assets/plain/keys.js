/** Shift three times leaves; what was pressed is shown by lights, and said to people who listen. */
import { exit, leave, made } from './exit.js'

const base = 'govuk-exit-this-page__indicator'
function start() {
  const box = made(exit, base, 'aria-hidden', true)
  const lights = [1, 2, 3].map(() => made(box, `${base}-light`, 'dir', ''))
  const said = made(exit.parentElement, 'govuk-visually-hidden', 'role', 'status')
  let [count, wasHeld, timer] = [0]
  const show = (words, next) => {
    count = next
    said.textContent = words
    box.classList.toggle(`${base}--visible`, count > 0)
    for (const at in lights) lights[at].classList.toggle(`${base}-light--on`, at < count)
  }
  addEventListener('keyup', ({ key, shiftKey }) => {
    clearTimeout(timer)
    if (key === 'Shift' && !wasHeld) {
      const left = 2 - count
      timer = setTimeout(show, 5e3, '', 0)
      show(`Shift, press ${left} more time${left > 1 ? 's' : ''} to exit.`, count + 1)
      if (!left) leave()
    } else show('', 0)
    wasHeld = shiftKey
  })
}
if (exit) start()
