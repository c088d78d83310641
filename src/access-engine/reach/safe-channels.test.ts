import { expect, test } from 'vitest'
import { makeMap } from '../../../test/support/made-map.ts'
import { makeNaiveClosure } from './naive-closure.ts'
import { readMapValue } from './read-map.ts'
import { judgeChannels } from './safe-channels.ts'

test('S1 no channel that is called safe is reached by the suspected person at “possible”', () => {
  let safe = 0
  for (let seed = 0; seed < 300; seed += 1) {
    const map = makeMap(seed, { nodes: 12, rules: 24, steps: 5 })
    const ids = map.nodes.map(node => node.id)
    const channels = ids.map((content, index) => ({
      id: `c${index}`,
      content,
      fact: ids[(index * 7 + 3) % ids.length] ?? null,
    }))
    const taken = map.steps.slice(0, seed % 4).map(step => step.id)
    const ofSuspect = makeNaiveClosure(map, 'possible')('suspect', new Set(taken))
    for (const [index, verdict] of judgeChannels({ ...map, channels }, { taken }).entries()) {
      const { content, fact } = channels[index] as (typeof channels)[number]
      expect(verdict.level === null).toBe(!ofSuspect.has(content) && !ofSuspect.has(fact ?? ''))
      if (verdict.level === null) safe += 1
    }
  }
  expect(safe).toBeGreaterThan(100)
})

test('that there was contact gives a channel away as much as what was said', () => {
  const read = readMapValue({
    nodes: [{ id: 'texts' }, { id: 'bill' }, { id: 'letter' }],
    rules: [{ to: 'bill', from: [], how: 'pays the itemised bill', belief: 'suspected' }],
    channels: [{ id: 'text', content: 'texts', fact: 'bill' }, 'letter'],
  })
  if (!read.ok) throw new Error('unusable')
  expect(judgeChannels(read.map).map(({ channel, level, sees }) => [channel, level, sees])).toEqual([
    ['text', 'suspected', 'fact'],
    ['letter', null, null],
  ])
})
