import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, readFile, readlink, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, expect, test } from 'vitest'
import { findPostmaster } from '../../test/support/running-program.ts'
import { asOwner } from '../../test/support/test-clinic.ts'
import { findTrouble } from './database-trouble.ts'
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
  expect(await listPorts(before.processId())).toEqual([])
  // Somebody else on the machine, who knows the password: to become one takes root.
  if (process.getuid?.() === 0) {
    await chmod(home, 0o711)
    expect(await knock(socketFolder, 65_534)).toBe('EACCES')
    expect(await knock(socketFolder, 0)).toBe('connected')
    await chmod(home, 0o700)
  }
  await before.stop()
  // Its socket is gone: to whoever asks now the database is away, and what they sent is given back.
  const cause = await asOwner(before.ownerUrl, client => client.query('select 1')).catch(fault => fault)
  expect(findTrouble(cause)).toBe('away')

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
  const { port } = new URL(after.ownerUrl)
  if (process.platform === 'linux') expect(await listPorts(after.processId())).toEqual([`127.0.0.1:${port}`])
}, 60_000)

/** The ports that a process listens on; none where the system does not say. */
// proc(5): /proc/net/tcp, with the address as a number of this machine's order, 0A for listening, and the inode of the socket
async function listPorts(pid: number | undefined): Promise<readonly string[]> {
  if (process.platform !== 'linux') return []
  const names = await readdir(`/proc/${pid}/fd`)
  const inodes = await Promise.all(names.map(name => readlink(`/proc/${pid}/fd/${name}`).catch(() => '')))
  const found: string[] = []
  for (const table of ['tcp', 'tcp6']) {
    const lines = (await readFile(`/proc/net/${table}`, 'utf8').catch(() => '')).split('\n').slice(1)
    for (const line of lines) {
      const [, place = '', , state, , , , , , inode] = line.trim().split(/\s+/)
      if (state !== '0A' || !inodes.includes(`socket:[${inode}]`)) continue
      const [address = '', port = ''] = place.split(':')
      const bytes = address.match(/../g)?.map(byte => Number.parseInt(byte, 16)) ?? []
      found.push(`${bytes.reverse().join('.')}:${Number.parseInt(port, 16)}`)
    }
  }
  return found
}

/** Connects to the socket as a user of the machine; answers what came of it. */
async function knock(socketFolder: string, uid: number): Promise<string> {
  const path = JSON.stringify(join(socketFolder, '.s.PGSQL.5432'))
  const program = `require('net').connect(${path}, () => { console.log('connected'); process.exit() })
    .on('error', cause => console.log(cause.code))`
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', program], { uid, gid: uid, cwd: '/' })
  return stdout.trim()
}
