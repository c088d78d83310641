import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openTestCase } from '../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../test/support/test-clinic.ts'
import { openTransactionPooler } from '../../test/support/transaction-pooler.ts'
import { takeInEvidence } from '../evidence/operations/take-in-evidence.ts'
import { type Config, readConfig } from '../platform/config.ts'
import { makeClinicKey } from '../platform/keys.ts'
import { silentLog } from '../platform/log.ts'
import { findOriginals, refuseWithoutOriginals } from '../platform/originals-here.ts'
import { refusePooler, refuseStrongOwner } from '../platform/verify-server.ts'
import { prepareContext } from './build-clinic.ts'

let folder: string
let world: TestClinic
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unwatched-start-'))
  world = await openTestClinic()
})
afterAll(async () => {
  await world.close()
  await rm(folder, { recursive: true, force: true })
})

function configFor(databaseUrl: string): Config {
  const answer = readConfig({ DATABASE_URL: databaseUrl }, folder)
  if (!answer.ok) throw new Error(answer.problems.map(problem => problem.message).join(' '))
  return answer.config
}

/** Signs in as a role of its own with these attributes. */
async function urlOfRole(attributes: string): Promise<string> {
  const name = `start_${randomBytes(6).toString('hex')}`
  await asOwner(inject('ownerUrl'), owner =>
    owner.query(`create role ${name} login ${attributes} password 'test'`),
  )
  const url = new URL(world.ownerUrl)
  url.username = name
  url.password = 'test'
  return url.toString()
}

test('S5: nobody works on a database whose owner row security does not hold for', async () => {
  const config = configFor(world.ownerUrl) // the owner of the embedded server is a superuser
  const fault = await prepareContext(config, makeClinicKey(), silentLog, { forWork: true }).catch(
    found => found,
  )
  expect(fault).toMatchObject({ code: 'owner-too-strong' })
  expect(fault.message).toContain('DATABASE_URL is a superuser')
  await expect(refuseStrongOwner(await urlOfRole('bypassrls'))).rejects.toMatchObject({
    code: 'owner-too-strong',
  })
  await refuseStrongOwner(await urlOfRole('createrole'))
})

test('a pooler that gives each transaction another session is refused, and a server is not', async () => {
  await refusePooler(world.ownerUrl, 'DATABASE_URL')
  const pooler = await openTransactionPooler(world.ownerUrl)
  try {
    const fault = await refusePooler(pooler.url, 'DATABASE_URL').catch(found => found)
    expect(fault).toMatchObject({ code: 'database-pooler' })
    expect(fault.message).toMatch(/^DATABASE_URL leads to a pooler/)
  } finally {
    await pooler.close()
  }
})

test('S7: a database whose originals are not here is not served unless somebody says so', async () => {
  const said: string[] = []
  const look = (dataFolder: string, withoutOriginals = false) =>
    refuseWithoutOriginals(
      world.ownerUrl,
      { dataFolder, withoutOriginals },
      join(dataFolder, 'blobs'),
      line => said.push(line),
    )
  await look(folder) // no item yet: nothing is missing
  const caseId = await openTestCase(world)
  await takeInEvidence(world.clinic, world.as('cyber-adviser'), caseId, {
    name: 'chat.txt',
    body: (async function* () {
      yield Buffer.from('hello')
    })(),
    broughtBy: 'A. T.',
    howObtained: 'handed over',
  })
  expect(await findOriginals(world.ownerUrl, world.clinic.blobFolder)).toEqual({ named: 1, there: 1 })
  await look(join(world.clinic.blobFolder, '..'))
  expect(said).toEqual([])
  const fault = await look(folder).catch(found => found)
  expect(fault).toMatchObject({ code: 'originals-not-here' })
  expect(fault.message).toContain('UNWATCHED_WITHOUT_ORIGINALS=yes')
  await look(folder, true)
  expect(said).toHaveLength(1)
})
