import { createPrivateKey, createPublicKey, randomBytes, randomInt } from 'node:crypto'
import { writeSync } from 'node:fs'
import { Readable } from 'node:stream'
import { takeInEvidence } from '../../src/evidence/operations/take-in-evidence.ts'
import { sha256 } from '../../src/foundation/digest.ts'
import type { CaseId, ClinicId, PersonId } from '../../src/foundation/ids.ts'
import { realClock } from '../../src/platform/clock.ts'
import { openDatabase } from '../../src/platform/database.ts'
import { silentLog } from '../../src/platform/log.ts'

/** What the parent tells a program that takes files in until it is killed. */
export type Orders = {
  readonly programUrl: string
  readonly clinicId: ClinicId
  readonly caseId: CaseId
  readonly personId: PersonId
  readonly wrapping: string
  readonly signing: string
  readonly blobFolder: string
  readonly spoolFolder: string
  /** How many intakes a program that takes files in has under way at any moment; 1 when it is not said. */
  readonly intakesAtOnce?: number
}

/** One line of the output: written only after the receipt was given. */
export type Acknowledged = { readonly arrivalId: string; readonly sha256: string; readonly receipt: string }

const orders: Orders = JSON.parse(process.env['ORDERS'] ?? '{}')
const intakesAtOnce = orders.intakesAtOnce ?? 1
const signing = createPrivateKey({ key: Buffer.from(orders.signing, 'base64'), format: 'der', type: 'pkcs8' })
const key = { wrapping: Buffer.from(orders.wrapping, 'base64'), signing, verifying: createPublicKey(signing) }
const clinic = {
  ...orders,
  key,
  database: openDatabase(orders.programUrl, { now: realClock.now, key, connections: intakesAtOnce + 1 }),
  clock: realClock,
  log: silentLog,
  site: { behindTls: false, onLoopback: true, leaveTo: 'https://example.org/' },
  indicatorFolder: null,
  isDemo: false,
  mail: null,
}
const actor = { kind: 'person', clinicId: orders.clinicId, personId: orders.personId } as const

/** From a kilobyte to three megabytes, the small ones far more often; now and then bytes that came before. */
function nextFile(): Buffer {
  if (randomInt(8) === 0) return Buffer.alloc(20_000, randomInt(5))
  return randomBytes(1000 + Math.floor(3_000_000 * (randomInt(1_000_000) / 1_000_000) ** 4))
}

async function takeInForever(): Promise<never> {
  while (true) {
    const bytes = nextFile()
    const body = Readable.from([bytes.subarray(0, 700), bytes.subarray(700)])
    const brought = { name: 'file.bin', broughtBy: 'ABC', howObtained: 'in a test', body }
    const answer = await takeInEvidence(clinic, actor, orders.caseId, brought)
    if (answer.kind !== 'taken-in' || answer.sha256 !== sha256(bytes))
      throw new Error('the file was not taken in')
    const { arrivalId, sha256: digest, receipt } = answer
    const line: Acknowledged = { arrivalId, sha256: digest, receipt }
    writeSync(1, `${JSON.stringify(line)}\n`)
  }
}

writeSync(1, 'ready\n')
await Promise.all(Array.from({ length: intakesAtOnce }, takeInForever))
