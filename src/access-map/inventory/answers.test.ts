import { expect, test } from 'vitest'
import { inventoryOf, thingOf } from '../../../test/support/story-inventory.ts'
import { drawUpMap } from './draw-up-map.ts'
import type { BeliefAnswer } from './inventory.ts'
import { loadCatalogue } from './load-catalogue.ts'

const { entries } = await loadCatalogue()
const winners =
  /^(?:They win|The quicker one wins|The last to act wins|Anyone who reaches what that takes wins)\. ./

test('S9 an act that can be answered says on its card who wins, by what and for how long', () => {
  const said = [...entries.keys()].flatMap(entry => {
    // An answer for everything: what may be theirs is no step of the client’s.
    const no = { told: { belief: 'no' as const, things: [] } }
    const answers = Object.fromEntries((entries.get(entry)?.questions ?? []).map(({ id }) => [id, no]))
    const { told } = drawUpMap(inventoryOf([{ ...thingOf(entry, 1), answers }]), entries)
    return [...told].flatMap(([step, { answer }]) => (answer === undefined ? [] : [{ entry, step, answer }]))
  })
  expect(said.filter(each => !winners.test(each.answer))).toEqual([])
  const of = (entry: string) => said.filter(each => each.entry === entry).map(each => each.answer)
  expect(of('microsoft-account').join()).toMatch(/^They win\. .*cancel.* That goes for 30 days\.$/)
  expect(of('instagram').join()).toMatch(/undoes the change.* How long that goes was not found\.$/)
  expect(of('telegram').join()).toMatch(/^The quicker one wins\./)
  expect(new Set(said.map(each => each.entry)).size).toBeGreaterThan(14)
})

test('S9 they can answer only where they have a part of the thing or of what is behind it, and what nobody knows is such a part', () => {
  const answeredOf = (theirs: BeliefAnswer) => {
    const mailbox = Object.fromEntries(
      (entries.get('mailbox')?.questions ?? []).map(({ id }) => [
        id,
        { told: { belief: id === 'signed-in' ? theirs : ('no' as const), things: [] } },
      ]),
    )
    const account = Object.fromEntries(
      (entries.get('microsoft-account')?.questions ?? []).map(({ id }) => [
        id,
        {
          told:
            id === 'recovery'
              ? { belief: 'yes' as const, things: ['t2'] }
              : { belief: 'no' as const, things: [] },
        },
      ]),
    )
    return drawUpMap(
      inventoryOf([
        { ...thingOf('microsoft-account', 1), answers: account },
        { ...thingOf('mailbox', 2), answers: mailbox },
      ]),
      entries,
    ).answered.has('change-recovery:t1')
  }
  expect([answeredOf('yes'), answeredOf('unknown'), answeredOf('no')]).toEqual([true, true, false])
})
