import { expect, test } from 'vitest'
import { FairTurns, TooBusy } from './fair-turns.ts'

const soon = (): Promise<void> => new Promise(done => setImmediate(done))

test('S4 anyone who fills one lane holds up no other, and in a lane the newest is next', async () => {
  const turns = new FairTurns({ most: 1, mostInLane: 3, mostLanes: 10 })
  const done: string[] = []
  const work = (lane: string, name: string): Promise<void> =>
    turns
      .run(lane, async () => {
        await soon()
        done.push(name)
      })
      .catch(fault => {
        if (!(fault instanceof TooBusy)) throw fault
        done.push(`${name} dropped`)
      })
  const all = ['a', 'b', 'c', 'd', 'e'].map(name => work('flood', name))
  all.push(work('hers', 'hers'))
  await Promise.all(all)
  expect(done).toEqual(['b dropped', 'a', 'e', 'hers', 'd', 'c'])
})

test('S13 there are only so many lanes, and a fault gives its place to the next', async () => {
  const turns = new FairTurns({ most: 1, mostInLane: 3, mostLanes: 1 })
  const first = turns.run('a', async () => {
    await soon()
    throw new Error('broken')
  })
  const second = turns.run('b', async () => 'served')
  await expect(turns.run('c', async () => 'served')).rejects.toBeInstanceOf(TooBusy)
  await expect(first).rejects.toThrow('broken')
  expect(await second).toBe('served')
})
