import { expect, test } from 'vitest'
import type { MachineState } from './machine-state.ts'
import { findMachineTroubles } from './machine-trouble.ts'

const now = new Date('2026-03-02T10:00:00Z')
const ago = (hours: number): Date => new Date(now.getTime() - hours * 3_600_000)
const queue = { waiting: 0, later: 0, working: 0, parked: 0, oldestWaiting: null }
const well: MachineState = {
  lastBackup: ago(10),
  lastTry: { began: ago(10), state: 'made', code: '' },
  dataDisk: { free: 50, size: 100 },
  databaseDisk: { free: 50, size: 100 },
  queue,
}

test('what needs somebody is found, each alone, and a machine that is well needs nobody', () => {
  const found = (change: Partial<MachineState>) => findMachineTroubles({ ...well, ...change }, now)
  expect(found({})).toEqual([])
  expect(found({ lastBackup: ago(35) })).toEqual([])
  expect(found({ lastBackup: ago(37) })).toEqual(['backup-old'])
  expect(found({ lastBackup: null })).toEqual(['backup-never'])
  expect(found({ lastTry: { began: ago(1), state: 'failed', code: 'ENOSPC' } })).toEqual(['backup-failed'])
  expect(found({ lastTry: { began: ago(1), state: 'under-way', code: '' } })).toEqual([])
  expect(found({ lastTry: { began: ago(13), state: 'under-way', code: '' } })).toEqual(['backup-failed'])
  expect(found({ dataDisk: { free: 9, size: 100 } })).toEqual(['disk-full'])
  expect(found({ databaseDisk: { free: 9, size: 100 } })).toEqual(['database-disk-full'])
  expect(found({ queue: { ...queue, waiting: 1, oldestWaiting: ago(0.9) } })).toEqual([])
  expect(found({ queue: { ...queue, waiting: 1, oldestWaiting: ago(1.1) } })).toEqual(['queue-standing'])
  expect(found({ queue: { ...queue, parked: 1 } })).toEqual(['jobs-stopped'])
})

test('what is not known is no trouble, but a backup that nobody knows of was never made', () => {
  const nothing = { lastBackup: null, lastTry: null, dataDisk: null, databaseDisk: null, queue: null }
  expect(findMachineTroubles(nothing, now)).toEqual(['backup-never'])
})
