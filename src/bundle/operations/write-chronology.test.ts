import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { makePlainProgram } from '../../../scripts/plain-program.mjs'
import { loadZip, makeSampleBundle, readMemory, signBundle } from '../../../test/support/sample-bundle.ts'
import type { BundleEntry } from '../../chronology/bundle-entry.ts'
import type { ItemId } from '../../foundation/ids.ts'
import { makeChooser } from '../apply-choices.ts'
import { gatherReport } from '../gather-input.ts'
import { verifyBundle } from '../verify.ts'
import { layAsideRows, writeChronology } from './write-chronology.ts'

const entry: BundleEntry = {
  kind: 'record',
  incidentNumber: null,
  when: '3 March 2026 at 4:05pm',
  zone: 'Europe/London',
  certainty: 'exact',
  what: '',
  who: 'Kay Made-up',
  reason: '',
  writtenByApp: '',
  platform: 'WhatsApp',
  codes: [],
  acts: [],
  impact: { clientWords: '', changed: '', toldTo: '' },
  sources: [{ itemId: 'item' as ItemId, exhibit: 'ABC/1', place: 'line 4', who: '', isRead: true }],
}

test('a chronology many times larger than the memory there is goes into a bundle whole', async () => {
  const source = fileURLToPath(new URL('../../../test/support/long-chronology.ts', import.meta.url))
  const script = await makePlainProgram(source)
  const [count, length] = [30_000, 4_000]
  const child = fork(script, [String(count), String(length)], {
    execArgv: ['--max-old-space-size=64'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', text => {
    said = `${said}${text}`.slice(-2000)
  })
  const answer = once(child, 'message')
  const [code] = await once(child, 'exit')
  expect(code, said).toBe(0)
  const [{ bytes, ...rest }] = await answer
  expect(rest).toEqual({ rows: count, printed: 'incidents', left: 0 })
  expect(bytes).toBeGreaterThan(count * length)
})

test('a chronology too long for one printed part is printed in several, which say which rows they hold', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'parts-'))
  const { input, grown, signer } = makeSampleBundle()
  async function* entries() {
    for (let number = 1; number <= 1502; number += 1) yield { ...entry, what: `message ${number}` }
  }
  const laid = await layAsideRows(folder, entries(), makeChooser([], {}))
  const chronology = await writeChronology(folder, laid, gatherReport(input, []))
  expect(chronology.files.map(({ path }) => path)).toEqual([
    'data/chronology-1-of-2.pdf',
    'data/chronology-2-of-2.pdf',
    'data/chronology.csv',
  ])
  const { build } = signBundle({ ...input, chronology }, grown, signer, [])
  const files = await loadZip(await buffer(build()))
  const { verdict } = await verifyBundle(readMemory(files), { publicKey: grown.clinicKey })
  expect(verdict).toBe('whole-and-proved')
  expect(Buffer.from(files.get('data/READ-ME-FIRST.txt') ?? []).toString()).toContain('1502 rows in 2 parts')
  await chronology.close()
  await laid.rows.close()
  await rm(folder, { recursive: true })
})
