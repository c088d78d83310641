import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/** Presses Tab until something has the focus, as somebody without a mouse does. */
export async function reach(page: Page, target: Locator, most = 60): Promise<void> {
  const wanted = await target.elementHandle()
  const hasFocus = () => wanted?.evaluate(it => it.ownerDocument.activeElement === it)
  for (let presses = 0; presses < most; presses += 1) {
    if (await hasFocus()) return
    await page.keyboard.press('Tab')
  }
  expect(await hasFocus(), `the Tab key leads to ${target}`).toBe(true)
}

/** Reaches a group of radio buttons and chooses one of them with the space bar and the arrow keys. */
export async function reachChoice(page: Page, group: string, choice: string): Promise<void> {
  const radios = page.getByRole('group', { name: group }).getByRole('radio')
  const wanted = page.getByRole('group', { name: group }).getByRole('radio', { name: choice, exact: true })
  await reach(page, radios.first())
  await page.keyboard.press('Space')
  for (let presses = 0; presses < 20 && !(await wanted.isChecked()); presses += 1)
    await page.keyboard.press('ArrowDown')
  expect(await wanted.isChecked(), `the arrow keys lead to “${choice}”`).toBe(true)
}

/** Reaches a field and types into it. */
export async function reachAndType(page: Page, label: string, text: string): Promise<void> {
  await reach(page, page.getByLabel(label, { exact: true }))
  await page.keyboard.type(text)
}
