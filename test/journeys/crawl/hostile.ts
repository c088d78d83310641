import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import type { JourneyPerson } from '../../support/journey-person.ts'

/** What a hostile hand types: markup, a formula, text that turns round, text that is not there. */
export const hostileText =
  '=HYPERLINK("http://x.example") <b data-hostile>"\'><script>alert(1)</script><img src=x onerror=alert(2)> \u202eright to left\u202c zero\u200bwidth \u0645\u0631\u062d\u0628\u0627'

/** Ten thousand characters without a place to break. */
export const endlessText = `Ö${'x'.repeat(9_998)}<`

/** Types a text into every field of a form, chooses the first of everything, sends it, and looks at what comes back. */
export async function sendHostile(
  person: JourneyPerson,
  button: string | RegExp,
  text: string,
): Promise<void> {
  const { page } = person
  const submit = page.getByRole('button', { name: button }).last()
  const form = page.locator('main form').filter({ has: submit })
  for (const name of await namesOf(form.getByRole('radio')))
    await form.locator(`input[type=radio][name="${name}"]`).first().check()
  // A number has a box of its own kind; what is not shown nobody types into.
  const texts = form.locator('input[type=text], input:not([type]), textarea').and(page.locator(':visible'))
  for (const name of await namesOf(texts.and(page.locator(':not([inputmode=numeric])'))))
    await form.locator(`[name="${name}"]`).fill(text)
  await submit.click()
  await person.glance()
  expect(await page.locator('[data-hostile]').count(), `${page.url()} shows markup as text`).toBe(0)
  expect(await page.locator('h1').count(), `${page.url()} is a page of ours`).toBe(1)
}

async function namesOf(fields: Locator): Promise<readonly string[]> {
  return [...new Set(await fields.evaluateAll(all => all.map(each => each.getAttribute('name') ?? '')))]
}
