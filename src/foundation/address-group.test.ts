import fc from 'fast-check'
import { expect, test } from 'vitest'
import { groupAddress, sharesOf } from './address-group.ts'

test.each([
  ['192.0.2.7', 4, '192.0.2.7', '192.0.2'],
  ['::ffff:192.0.2.7', 4, '192.0.2.7', '192.0.2'],
  ['::FFFF:c000:207', 4, '192.0.2.7', '192.0.2'],
  ['2001:db8:1:2:3:4:5:6', 6, '2001:db8:1:2', '2001:db8:1'],
  ['2001:0DB8:0001:0002::6', 6, '2001:db8:1:2', '2001:db8:1'],
  ['2001:db8:1:2::%eth0', 6, '2001:db8:1:2', '2001:db8:1'],
  ['::1', 6, '0:0:0:0', '0:0:0'],
  ['', null, '', ''],
  ['unknown', null, 'unknown', 'unknown'],
  ['1:2:3', null, '1:2:3', '1:2:3'],
  ['1::2::3', null, '1::2::3', '1::2::3'],
])('%s stands for one subscriber and one network', (address, version, subscriber, network) => {
  expect(groupAddress(address)).toEqual({ version, subscriber, network })
})

const group = fc.integer({ min: 0, max: 0xffff })

test('S13 somebody with a /64 is one, whatever the last 64 bits are, and a /48 has one bound for all its /64s', () => {
  fc.assert(
    fc.property(
      fc.array(group, { minLength: 8, maxLength: 8 }),
      fc.array(group, { minLength: 4 }),
      (all, other) => {
        fc.pre(!all.slice(0, 5).every(each => each === 0))
        const text = (groups: readonly number[]): string => groups.map(each => each.toString(16)).join(':')
        const one = groupAddress(text(all))
        const neighbour = groupAddress(text([...all.slice(0, 4), ...other.slice(0, 4)]))
        expect(neighbour).toEqual(one)
        const next = groupAddress(text([...all.slice(0, 3), (all[3] ?? 0) ^ 1, ...other.slice(0, 4)]))
        expect(next.subscriber).not.toBe(one.subscriber)
        expect(sharesOf(next, 100)[1]).toEqual(sharesOf(one, 100)[1])
      },
    ),
  )
})
