import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { openTestClinic } from '../../test/support/test-clinic.ts'
import { type Config, readConfig } from '../platform/config.ts'
import { writeNewClinicKey } from '../platform/keys.ts'
import { silentLog } from '../platform/log.ts'
import { chooseClinic, prepareContext, reachServer } from './build-clinic.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unwatched-build-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

function configFor(databaseUrl: string, more: Record<string, string> = {}): Config {
  const answer = readConfig({ DATABASE_URL: databaseUrl, ...more }, folder)
  if (!answer.ok) throw new Error(answer.problems.map(problem => problem.message).join(' '))
  return answer.config
}

test('a server that does not answer, or refuses the sign-in, is said to be out of reach, without its password', async () => {
  const check = async (url: string, code: string, fault = 'database-unreachable'): Promise<void> => {
    const found = await reachServer(configFor(url), silentLog).catch(cause => cause)
    expect(found).toMatchObject({ code: fault, message: expect.stringContaining(code) })
    expect(found.message).not.toContain('hush')
  }
  await check('postgres://somebody:hush@127.0.0.1:1/clinic', 'ECONNREFUSED', 'database-away')
  const there = new URL(inject('ownerUrl'))
  there.password = 'hush'
  await check(there.toString(), '28P01')
  there.href = inject('ownerUrl')
  there.pathname = 'no-such-database'
  await check(there.toString(), '3D000')
})

test('S8: a clinic is served with the key it was made with and with no other, and the wrong key disturbs nobody', async () => {
  const world = await openTestClinic()
  try {
    await mkdir(join(folder, 'keys'))
    const key = await writeNewClinicKey(join(folder, 'keys', 'clinic.key'))
    const config = configFor(world.ownerUrl)
    const context = await prepareContext(config, key, silentLog)
    await expect(chooseClinic(context, config, key)).rejects.toMatchObject({ code: 'wrong-key' })
    await context.stop()
    // The clinic that is being served goes on making connections of its own.
    const connections = [1, 2, 3, 4].map(() => world.clinic.database.pool.connect())
    for (const client of await Promise.all(connections)) client.release()
    expect(await readdir(config.dataFolder)).not.toContain('postgres') // nothing embedded was started
  } finally {
    await world.close()
  }
})

test('of several clinics one must be named, and a name that is not there is answered with those that are', async () => {
  const world = await openTestClinic()
  try {
    const key = await writeNewClinicKey(join(folder, 'keys', 'clinic.key'))
    const config = configFor(world.ownerUrl, { UNWATCHED_CLINIC: 'nowhere' })
    const context = await prepareContext(config, key, silentLog)
    await expect(chooseClinic(context, config, key)).rejects.toMatchObject({
      code: 'no-such-clinic',
      message: expect.stringContaining('There are: test'),
    })
    await context.stop()
  } finally {
    await world.close()
  }
})
