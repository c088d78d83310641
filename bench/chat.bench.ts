import { createReadStream } from 'node:fs'
import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { buildClinic, chooseClinic, prepareContext } from '../src/app/build-clinic.ts'
import { fillDemo, makeDemoClinic } from '../src/app/demo/load-demo.ts'
import { listCaseload } from '../src/cases/operations/list-caseload.ts'
import { readEvidence } from '../src/evidence/importers/read-evidence.ts'
import { readItem } from '../src/evidence/operations/read-item.ts'
import { takeInEvidence } from '../src/evidence/operations/take-in-evidence.ts'
import { listPeople } from '../src/identity/operations/list-people.ts'
import type { Clinic } from '../src/platform/clinic.ts'
import { readConfig } from '../src/platform/config.ts'
import { writeNewClinicKey } from '../src/platform/keys.ts'
import { silentLog } from '../src/platform/log.ts'

const messages = 200_000

/** A chat of 200 000 messages: read line by line, read by the importer, taken in and read onto the timeline. */
export default async function run(): Promise<{ name: string; rows: string[] }[]> {
  const folder = await mkdtemp(join(tmpdir(), 'unwatched-bench-'))
  // The database runs as somebody else, who would otherwise be given a place of their own that stays behind.
  await chmod(folder, 0o755)
  const answer = readConfig(
    {
      UNWATCHED_DATA: join(folder, 'data'),
      UNWATCHED_KEY: join(folder, 'keys', 'clinic.key'),
      UNWATCHED_PORT: '0',
    },
    folder,
  )
  if (!answer.ok) throw new Error(answer.problems.map(problem => problem.message).join(' '))
  const { config } = answer
  const key = await writeNewClinicKey(config.keyFile)
  const ground = await prepareContext(config, key, silentLog)
  try {
    await makeDemoClinic(ground, key)
    const chosen = await chooseClinic(ground, config, key)
    if (!chosen) throw new Error('the demo clinic was not made')
    await fillDemo(ground, config, key, chosen, silentLog, () => {})
    const clinic = buildClinic(ground, config, key, chosen, silentLog)
    try {
      const chat = join(folder, 'chat.txt')
      await writeFile(chat, inventLongChat())
      return [await compareReading(clinic, chat)]
    } finally {
      await clinic.database.close()
    }
  } finally {
    await ground.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

function inventLongChat(): string {
  const lines: string[] = []
  const start = Date.UTC(2024, 0, 1)
  for (let number = 0; number < messages; number += 1) {
    const at = new Date(start + number * 400_000).toISOString()
    const date = `${at.slice(8, 10)}/${at.slice(5, 7)}/${at.slice(0, 4)}, ${at.slice(11, 16)}`
    const rare = number % 1000 === 0 ? ' the green umbrella' : ''
    lines.push(
      `${date} - ${number % 9 === 0 ? 'Lena Fiction' : 'Karl Fiction'}: message ${number}, where are you now, answer me${rare}`,
    )
  }
  return `${lines.join('\n')}\n`
}

async function compareReading(clinic: Clinic, chat: string): Promise<{ name: string; rows: string[] }> {
  const byLine = await timeOf(async () => {
    for await (const _line of createInterface({ input: createReadStream(chat) })) {
      // the yardstick: nothing is done with a line
    }
  })
  const { size } = await stat(chat)
  let records = 0
  const parsed = await timeOf(async () => {
    const source = {
      name: 'chat.txt',
      size,
      open: () => createReadStream(chat, { highWaterMark: 1024 * 1024 }),
    }
    for await (const step of readEvidence(source, { zone: 'Europe/London', dateOrder: 'day-first' })) {
      if (step.step === 'records') records += step.records.length
    }
  })
  if (records !== messages) throw new Error(`the importer found ${records} records`)
  const caseId = await caseOf(clinic)
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'job-command-line' } as const
  const imported = await timeOf(async () => {
    const taken = await takeInEvidence(clinic, actor, caseId, {
      name: 'chat.txt',
      broughtBy: 'LF',
      howObtained: 'bench',
      body: createReadStream(chat, { highWaterMark: 1024 * 1024 }),
      answers: { zone: 'Europe/London', dateOrder: 'day-first' },
    })
    if (taken.kind === 'refused') throw new Error(taken.because)
    await readItem(clinic, caseId, taken.itemId)
  })
  return {
    name: `A chat of ${messages} messages (${(size / 1e6).toFixed(1)} MB) against reading it line by line`,
    rows: [
      `line by line                ${say(byLine)}`,
      `read by the importer        ${say(parsed)}, ratio ${(parsed / byLine).toFixed(1)}`,
      `taken in, searchable        ${say(imported)}, ratio ${(imported / byLine).toFixed(1)}`,
    ],
  }
}

async function caseOf(clinic: Clinic) {
  const asSetup = { kind: 'task', clinicId: clinic.clinicId, task: 'setup' } as const
  const { people: staff } = await clinic.database.transaction(asSetup, listPeople)
  const coordinator = staff.find(person => person.role === 'coordinator')
  if (!coordinator) throw new Error('the demo has no coordinator')
  const actor = { kind: 'person', clinicId: clinic.clinicId, personId: coordinator.personId } as const
  const { lines } = await clinic.database.transaction(actor, transaction => listCaseload(transaction))
  const found = lines.find(line => line.clientName === 'Lena Fiction')
  if (!found) throw new Error('the demo case is not there')
  return found.caseId
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

function say(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds.toFixed(0)} ms` : `${(milliseconds / 1000).toFixed(2)} s`
}
