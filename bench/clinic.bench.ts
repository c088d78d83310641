import { createReadStream } from 'node:fs'
import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { buildClinic, chooseClinic, prepareContext } from '../src/app/build-clinic.ts'
import { fillDemo, makeDemoClinic } from '../src/app/demo/load-demo.ts'
import { startServing } from '../src/app/server.ts'
import { listCaseload } from '../src/cases/operations/list-caseload.ts'
import { readEvidence } from '../src/evidence/importers/read-evidence.ts'
import { readItem } from '../src/evidence/operations/read-item.ts'
import { takeInEvidence } from '../src/evidence/operations/take-in-evidence.ts'
import { listPeople } from '../src/identity/operations/list-people.ts'
import { startSession } from '../src/identity/operations/start-session.ts'
import { sessionCookie } from '../src/identity/session.ts'
import type { Clinic } from '../src/platform/clinic.ts'
import { readConfig } from '../src/platform/config.ts'
import { writeNewClinicKey } from '../src/platform/keys.ts'
import { silentLog } from '../src/platform/log.ts'

const messages = 200_000
const people = 20
const looksEach = 15

/**
 * A chat of 200 000 messages: read line by line, read by the importer, taken in and read onto the timeline. Then
 * 20 people at once look at the case that holds it, and search it, against the same server's bare page.
 */
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
    const serving = await startServing(clinic, config, { withJobs: false })
    try {
      const chat = join(folder, 'chat.txt')
      await writeFile(chat, inventLongChat())
      const reading = await compareReading(clinic, chat)
      return [reading, await comparePages(clinic, serving.address)]
    } finally {
      await serving.stop()
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

async function comparePages(clinic: Clinic, address: string): Promise<{ name: string; rows: string[] }> {
  const asSetup = { kind: 'task', clinicId: clinic.clinicId, task: 'setup' } as const
  const { people: staff } = await clinic.database.transaction(asSetup, listPeople)
  const advocate = staff.find(person => person.role === 'stalking-advocate')
  if (!advocate) throw new Error('the demo has no advocate')
  const asDoor = { kind: 'task', clinicId: clinic.clinicId, task: 'sign-in' } as const
  const agent = new Agent({ keepAlive: true, maxSockets: people })
  const base = address.replace(/\/$/, '')
  const sessions: Visitor[] = []
  for (let person = 0; person < people; person += 1) {
    const token = await clinic.database.transaction(asDoor, transaction =>
      startSession(transaction, advocate.personId),
    )
    const first = await ask(agent, `${base}/staff`, { cookie: `${sessionCookie}=${token}` })
    const visit = first.cookie.split(';')[0] ?? ''
    const csrf = /name="_csrf" value="([^"]+)"/.exec(first.text)?.[1] ?? ''
    sessions.push({ cookie: `${sessionCookie}=${token}; ${visit}`, csrf })
  }
  const caseId = await caseOf(clinic)
  const chronology = `${base}/cases/${caseId}/chronology`
  const looks: readonly (readonly [string, (visitor: Visitor) => Promise<Asked>])[] = [
    ['bare page (sign in)', () => ask(agent, `${base}/sign-in`, { cookie: '' })],
    ['case page', visitor => ask(agent, `${base}/cases/${caseId}`, visitor)],
    ['first page of the line', visitor => ask(agent, chronology, visitor)],
    ['search, 200 hits', visitor => ask(agent, chronology, visitor, { words: 'green umbrella' })],
  ]
  const rows: string[] = []
  let bare: readonly [number, number] | null = null
  for (const [name, look] of looks) {
    const warm = await look(sessions[0] ?? { cookie: '', csrf: '' })
    if (warm.status !== 200) throw new Error(`${name} answered ${warm.status}`)
    const times: number[] = []
    await Promise.all(
      sessions.map(async visitor => {
        for (let turn = 0; turn < looksEach; turn += 1) times.push(await timeOf(() => look(visitor)))
      }),
    )
    times.sort((one, other) => one - other)
    const at = [
      times[Math.floor(times.length * 0.5)] ?? 0,
      times[Math.floor(times.length * 0.95)] ?? 0,
    ] as const
    bare ??= at
    rows.push(
      `${name.padEnd(26)} p50 ${say(at[0])}, p95 ${say(at[1])}, ratio ${(at[0] / bare[0]).toFixed(1)} and ${(at[1] / bare[1]).toFixed(1)}`,
    )
  }
  agent.destroy()
  return {
    name: `${people} people at once on a case of ${messages} records, against the same server's bare page`,
    rows,
  }
}

type Visitor = { readonly cookie: string; readonly csrf?: string }
type Asked = { readonly status: number; readonly text: string; readonly cookie: string }

function ask(
  agent: Agent,
  url: string,
  visitor: Visitor,
  fields?: Readonly<Record<string, string>>,
): Promise<Asked> {
  return new Promise((resolve, reject) => {
    const body = fields ? new URLSearchParams({ _csrf: visitor.csrf ?? '', ...fields }).toString() : null
    const headers = {
      cookie: visitor.cookie,
      ...(body
        ? {
            'content-type': 'application/x-www-form-urlencoded',
            'content-length': String(Buffer.byteLength(body)),
          }
        : {}),
    }
    const asked = request(url, { agent, method: body ? 'POST' : 'GET', headers }, answer => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', chunk => {
        text += chunk
      })
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, text, cookie: answer.headers['set-cookie']?.[0] ?? '' }),
      )
    })
    asked.on('error', reject)
    asked.end(body ?? undefined)
  })
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

function say(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds.toFixed(0)} ms` : `${(milliseconds / 1000).toFixed(2)} s`
}
