import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, openTestClinic, type TestClinic } from '../../../../test/support/test-clinic.ts'
import { openTestSite, type TestSite } from '../../../../test/support/test-site.ts'
import { addJob } from '../../../platform/ask-for-job.ts'
import { noteBackupTry, noteLastBackup } from '../../../platform/backup/last-backup.ts'
import { findDatabaseFolder } from '../../../platform/database-folder.ts'
import { roles } from '../../role.ts'

let world: TestClinic
let site: TestSite
let dataFolder: string
beforeAll(async () => {
  world = await openTestClinic()
  dataFolder = join(world.clinic.spoolFolder, 'data')
  await mkdir(dataFolder)
  const machine = { dataFolder, databaseFolder: null, operatorAddress: null }
  site = await openTestSite(world, { clinic: { ...world.clinic, machine } })
})
afterAll(async () => {
  await site.close()
  await world.close()
})

const page = async (): Promise<string> =>
  (await site.get('/staff', { as: 'administrator' })).text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')

test('the administrator sees first of all what the machine needs, and what nobody knows', async () => {
  expect(await page()).toContain('No backup was ever made')
  expect(await page()).toContain('Disk of the database Not known')
  expect(await page()).toContain('No: nobody is named in the settings')

  await noteLastBackup(dataFolder, { at: world.clock.now(), migrations: 1 })
  expect(await page()).toContain('Nothing that is known needs you')
  expect(await page()).toMatch(/Disk of what people brought \d+% free/)

  await noteBackupTry(dataFolder, { began: world.clock.now(), state: 'failed', code: 'ENOSPC' })
  expect(await page()).toContain('The last backup failed')
  expect(await page()).toContain('failed (ENOSPC)')

  await world.clinic.database.transaction(world.task('job-queue'), transaction =>
    addJob(transaction, 'read-item', {}, { runAt: new Date(world.clock.now().getTime() - 7_200_000) }),
  )
  expect(await page()).toContain('Work of the program has been waiting for more than an hour')
  await asOwner(world.ownerUrl, owner =>
    owner.query('update graphile_worker._private_jobs set attempts = max_attempts'),
  )
  expect(await page()).toContain('waits for you, under Work that stopped')
})

test('nobody else sees the state of the machine', async () => {
  for (const role of roles.filter(each => each !== 'administrator'))
    expect((await site.get('/staff', { as: role })).text, role).not.toContain('The machine')
})

test('the disk of a database on this machine is found, and of one elsewhere it is said that nobody knows', async () => {
  expect(await findDatabaseFolder(world.ownerUrl)).toMatch(/cluster$/) // its owner may ask
  expect(await findDatabaseFolder('postgres://nobody:nothing@127.0.0.1:1/none')).toBeNull()
})
