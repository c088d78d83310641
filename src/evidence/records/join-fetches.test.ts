import { expect, test } from 'vitest'
import type { BlockPlace } from '../../foundation/blocks/leaf-reader.ts'
import { settleAll } from '../../foundation/settle-all.ts'
import { joinFetches } from './join-fetches.ts'

const place = (number: number): BlockPlace => ({ generation: 'g', number })

test('what is asked for side by side is fetched in one step, and each is answered with its own blocks in its order', async () => {
  const steps: (readonly number[])[] = []
  const fetch = joinFetches(async wanted => {
    steps.push(wanted.map(each => each.number))
    return wanted.map(each => Buffer.from([each.number]))
  })
  const later = async () => {
    for (let hop = 0; hop < 20; hop += 1) await Promise.resolve()
    return fetch([place(3)])
  }
  const [one, other] = await settleAll([fetch([place(2), place(1)]), later()])
  expect(one.map(block => block[0])).toEqual([2, 1])
  expect(other.map(block => block[0])).toEqual([3])
  await fetch([place(4)])
  expect(steps).toEqual([[2, 1, 3], [4]])
})

test('a step that fails is told to everybody who waits for it, and the next one is a new one', async () => {
  let tries = 0
  const fetch = joinFetches(async wanted => {
    tries += 1
    if (tries === 1) throw new Error('gone')
    return wanted.map(() => Buffer.alloc(1))
  })
  const both = await Promise.allSettled([fetch([place(1)]), fetch([place(2)])])
  expect(both.map(each => each.status)).toEqual(['rejected', 'rejected'])
  expect(await fetch([place(1)])).toHaveLength(1)
})

test('work side by side is waited for to its end, also where some of it fails', async () => {
  let isOver = false
  const slow = async () => {
    for (let hop = 0; hop < 50; hop += 1) await Promise.resolve()
    isOver = true
  }
  await expect(settleAll([Promise.reject(new Error('first')), slow()])).rejects.toThrow('first')
  expect(isOver).toBe(true)
})
