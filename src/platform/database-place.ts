import { chmod, chown, mkdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'

export const ownerName = 'unwatched_owner'

/** Whom the server runs as where that is not the user who started the program. */
export type ServiceUser = { readonly uid: number; readonly gid: number } | null

/** Where the server is reached: by a socket in a folder, or on a port of loopback. */
export type ServerPlace = { readonly socketFolder: string | null; readonly port: number }

// unix(7): `sun_path` has 108 bytes and ends with a zero; on macOS and the BSDs it has 104
const longestSocketPath = process.platform === 'linux' ? 107 : 103
/** Names the socket; nothing listens on a port of this number. */
const socketNumber = 5432

/** Where a server over `home` is to be reached; makes the folder of its socket, closed to everybody else. */
export async function findPlace(home: string, user: ServiceUser): Promise<ServerPlace> {
  const socketFolder = join(home, 'socket')
  const path = join(socketFolder, `.s.PGSQL.${socketNumber}`)
  if (process.platform === 'win32' || Buffer.byteLength(path) > longestSocketPath)
    return { socketFolder: null, port: await freePort() }
  await mkdir(socketFolder, { recursive: true, mode: 0o700 })
  await chmod(socketFolder, 0o700)
  if (user) await chown(socketFolder, user.uid, user.gid)
  return { socketFolder, port: socketNumber }
}

/** The address of the owner of the tables. */
export function addressAt({ socketFolder, port }: ServerPlace, password: string): string {
  const host = socketFolder === null ? '127.0.0.1' : encodeURIComponent(socketFolder)
  return `postgres://${ownerName}:${password}@${host}:${port}/unwatched`
}

/** PostgreSQL reads a list here: a name that holds a comma or a quote stands in quotes, as an identifier does. */
export const quotedFolder = (folder: string): string => `"${folder.replaceAll('"', '""')}"`

async function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer()
    server.once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
