import { chmod, mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { findPostmaster } from '../../test/support/running-program.ts'
import { asOwner } from '../../test/support/test-clinic.ts'
import { findRunningPostgres, startEmbeddedPostgres } from './embedded-postgres.ts'

const gone: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const go of gone.splice(0)) await go()
})

test('the database that comes along opens no port, only a socket in a folder that is closed to everybody else', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'unwatched-socket-'))
  await chmod(folder, 0o755)
  const data = join(folder, 'data')
  await mkdir(data)
  let isOnPort = false
  const onPort = (): void => {
    isOnPort = true
  }
  const before = await startEmbeddedPostgres(join(data, 'postgres'), { onPort })
  gone.push(before.stop)
  expect(isOnPort).toBe(false)
  expect(await findRunningPostgres(join(data, 'postgres'))).toBe(before.ownerUrl)
  const socketFolder = decodeURIComponent(new URL(before.ownerUrl).hostname)
  const { home } = await findPostmaster(data)
  gone.push(
    () => rm(folder, { recursive: true }),
    () => rm(home, { recursive: true, force: true }),
  )
  expect(socketFolder).toBe(join(home, 'socket'))
  expect((await stat(socketFolder)).mode & 0o777).toBe(0o700)
  expect((await stat(join(socketFolder, '.s.PGSQL.5432'))).mode & 0o777).toBe(0o700)
  const seen = await asOwner(before.ownerUrl, client => client.query('show listen_addresses'))
  expect(seen.rows).toEqual([{ listen_addresses: '' }])
  await before.stop()

  // The same database in a folder whose name leaves no room for that of a socket.
  const far = join(folder, 'x'.repeat(100))
  await mkdir(far)
  await rename(data, join(far, 'data'))
  const after = await startEmbeddedPostgres(join(far, 'data', 'postgres'), { onPort })
  gone.unshift(after.stop)
  expect(isOnPort).toBe(true)
  expect(new URL(after.ownerUrl).hostname).toBe('127.0.0.1')
  expect(await findRunningPostgres(join(far, 'data', 'postgres'))).toBe(after.ownerUrl)
  const there = await asOwner(after.ownerUrl, client => client.query('show listen_addresses'))
  expect(there.rows).toEqual([{ listen_addresses: '127.0.0.1' }])
}, 60_000)
