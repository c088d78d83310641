import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inject } from 'vitest'
import { packClinicKey, unpackClinicKey } from '../../src/platform/keys.ts'
import { playACase } from '../journeys/crawl/play-a-case.ts'
import {
  copyClinic,
  type JourneyClinic,
  type MadeClinic,
  makeDemoClinic,
  serveClinic,
} from './journey-clinic.ts'
import { asOwner, besideClinics } from './test-clinic.ts'

/** One at a time plays the case. An arbitrary number, the same for ever. */
const playLock = 7_218_499

/**
 * The clinic that ships with the known person's case in it, served. The case is played through the clinic's own acts once
 * in a run; every journey gets a copy of its own, as it was when nothing of the case waited to be done any more.
 */
export async function openPlayedClinic(options: { readonly withJobs?: boolean } = {}): Promise<{
  readonly clinic: JourneyClinic
  readonly casePath: string
}> {
  const { made, casePath } = await besideClinics(async client => {
    await client.query('select pg_advisory_lock($1)', [playLock])
    return (await readPlayed()) ?? (await play())
  })
  return { clinic: await serveClinic(await copyClinic(made), options), casePath }
}

/** The same as it is written down for the other workers of this run. */
type Written = {
  readonly made: Omit<MadeClinic, 'key'> & {
    readonly key: { readonly wrapping: string; readonly signing: string }
  }
  readonly casePath: string
}
type Played = { readonly made: MadeClinic; readonly casePath: string }

const whereItIs = (): string => join(inject('runFolder'), 'played-clinic.json')

async function play(): Promise<Played> {
  const made = await makeDemoClinic(join(inject('runFolder'), 'played-clinic'))
  const journey = await serveClinic(made, { keepsFolder: true })
  const casePath = await playACase(journey)
  await untilNothingWaits(journey.ownerUrl)
  await journey.close()
  const played = { made: { ...made, logged: [...journey.logged] }, casePath }
  const { wrapping, signing } = packClinicKey(made.key)
  const key = {
    wrapping: Buffer.from(wrapping).toString('base64'),
    signing: Buffer.from(signing).toString('base64'),
  }
  const written: Written = { ...played, made: { ...played.made, key } }
  const building = `${whereItIs()}.new`
  await writeFile(building, JSON.stringify(written))
  await rename(building, whereItIs())
  return played
}

async function readPlayed(): Promise<Played | null> {
  const text = await readFile(whereItIs(), 'utf8').catch(() => null)
  if (text === null) return null
  const { made, casePath } = JSON.parse(text) as Written
  const key = unpackClinicKey({
    wrapping: Buffer.from(made.key.wrapping, 'base64'),
    signing: Buffer.from(made.key.signing, 'base64'),
  })
  return { made: { ...made, key }, casePath }
}

/**
 * What the case set going is done: only what is for a later hour waits. What failed and is tried again was set going too: a
 * bundle is built at a second attempt, once its exhibits were looked through for what the client told since.
 */
async function untilNothingWaits(ownerUrl: string): Promise<void> {
  for (let attempt = 0; attempt < 1200; attempt += 1) {
    const found = await asOwner(ownerUrl, client =>
      client.query<{ job: string }>(
        `select t.identifier as job from graphile_worker._private_jobs j
         join graphile_worker._private_tasks t on t.id = j.task_id where (j.run_at <= now() or j.attempts > 0) and j.attempts < j.max_attempts limit 1`,
      ),
    )
    if (found.rowCount === 0) return
    await new Promise(done => setTimeout(done, 50))
  }
  throw new Error('the case that was played is never done with')
}
