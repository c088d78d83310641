// Run as a process of its own with little memory: writes a bundle whose chronology is many times larger than that.
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeChooser } from '../../src/bundle/apply-choices.ts'
import { buildBundle, readVerifyPage } from '../../src/bundle/build.ts'
import { gatherReport } from '../../src/bundle/gather-input.ts'
import { layAsideRows, writeChronology } from '../../src/bundle/operations/write-chronology.ts'
import { prepareFiles } from '../../src/bundle/prepare.ts'
import type { BundleEntry } from '../../src/chronology/bundle-entry.ts'
import type { ItemId } from '../../src/foundation/ids.ts'
import { makeSampleBundle, signBundle } from './sample-bundle.ts'

const [count = 0, length = 0] = process.argv.slice(2).map(Number)

async function* entries(): AsyncGenerator<BundleEntry> {
  for (let number = 0; number < count; number += 1) {
    const isIncident = number % 1000 === 0
    yield {
      kind: isIncident ? 'incident' : 'record',
      incidentNumber: isIncident ? number / 1000 + 1 : null,
      when: '3 March 2026 at 4:05pm',
      zone: 'Europe/London',
      certainty: 'exact',
      what: `message ${number} ${'x'.repeat(length)}`,
      reason: '',
      who: 'Kay Made-up',
      writtenByApp: '',
      platform: 'WhatsApp',
      codes: [],
      acts: [],
      impact: { clientWords: '', changed: '', toldTo: '' },
      sources: [
        { itemId: 'item' as ItemId, exhibit: 'ABC/1', place: `line ${number}`, who: '', isRead: true },
      ],
    }
  }
}

const folder = await mkdtemp(join(tmpdir(), 'long-chronology-'))
try {
  const { input, grown, signer } = makeSampleBundle()
  const laid = await layAsideRows(folder, entries(), makeChooser([], {}))
  const chronology = await writeChronology(folder, laid, gatherReport(input, []))
  const { signed } = signBundle({ ...input, chronology }, grown, signer, [])
  const files = prepareFiles({ ...input, chronology }, readVerifyPage())
  let bytes = 0
  for await (const part of buildBundle({ ...input, chronology }, files, signed)) bytes += part.length
  await chronology.close()
  await laid.rows.close()
  const { rows, printed } = chronology
  process.send?.({ bytes, rows, printed, left: (await readdir(folder)).length })
} finally {
  await rm(folder, { recursive: true })
}
