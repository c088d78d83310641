import { expect, test } from 'vitest'
import { Fault, timeOfFault } from './fault.ts'
import { jsonLog } from './log.ts'

const now = () => new Date('2026-03-02T10:00:00Z')

test('a line says when it happened and what, whatever facts come with it', () => {
  const lines: string[] = []
  const log = jsonLog(line => lines.push(line), now)
  log('fault', { at: 'app/server.ts:10', event: 'else', code: 'x' })
  expect(JSON.parse(lines[0] ?? '')).toEqual({ at: '2026-03-02T10:00:00.000Z', event: 'fault', code: 'x' })
})

test('a fault that is reported later keeps its time', () => {
  const lines: string[] = []
  const log = jsonLog(line => lines.push(line), now)
  const fault = new Fault('disk-full', 'x')
  const then = new Date('2026-03-02T09:59:00Z')
  log('fault', {}, then)
  expect(JSON.parse(lines[0] ?? '').at).toBe('2026-03-02T09:59:00.000Z')
  expect(timeOfFault(fault)).toBe(fault.at)
  expect(timeOfFault(new Error('x'))).toBeNull()
})
