import { request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { setTimeout as rest } from 'node:timers/promises'
import { serveAttacked } from './support/served-demo.ts'

export const name = 'slow sockets: 2 100 connections from one machine that send a byte at a time'

const sockets = 2_100
const seconds = 20

/** One request for the sign-in page from another address of loopback; null when nothing came within five seconds. */
function look(port: number): Promise<number | null> {
  const started = performance.now()
  return new Promise(done => {
    const asked = request(
      { host: '127.0.0.1', localAddress: '127.0.0.2', port, path: '/sign-in', agent: false, timeout: 5_000 },
      answer => {
        answer.resume()
        answer.once('end', () => done(answer.statusCode === 200 ? performance.now() - started : null))
        answer.once('error', () => done(null))
      },
    )
    asked.once('timeout', () => asked.destroy())
    asked.once('error', () => done(null))
    asked.end()
  })
}

const heads = [
  'GET /sign-in HTTP/1.1\r\nHost: a\r\nX-Slow: ',
  'POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 60000\r\n\r\n',
  'POST /my/words HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 60000\r\n\r\n--b\r\n',
  'POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n',
]

/** Opens them, drips into each, opens again what was closed, and asks meanwhile for a page from elsewhere. */
export async function run(): Promise<{ measured: string; holds: boolean }> {
  const served = await serveAttacked()
  const port = Number(new URL(served.address).port)
  const open = new Set<Socket>()
  let opened = 0
  const dial = (): void => {
    const socket = connect({ host: '127.0.0.1', port })
    socket.on('error', () => {})
    socket.once('close', () => open.delete(socket))
    socket.write(heads[opened % heads.length] ?? '')
    open.add(socket)
    opened += 1
  }
  let drips = 0
  const dripping = setInterval(() => {
    for (const socket of open) if (socket.writable) socket.write('a')
    for (let more = 0; more < 200 && open.size < sockets; more += 1) dial()
    drips += 1
  }, 500)
  const took: number[] = []
  let lost = 0
  let most = 0
  try {
    for (let each = 0; each < sockets; each += 1) dial()
    await rest(1_000)
    const end = performance.now() + seconds * 1_000
    while (performance.now() < end) {
      most = Math.max(most, open.size)
      const one = await look(port)
      if (one === null) lost += 1
      else took.push(one)
      await rest(100)
    }
  } finally {
    clearInterval(dripping)
    for (const socket of open) socket.destroy()
    await served.stop()
  }
  took.sort((one, other) => one - other)
  const slowest = took[Math.floor(took.length * 0.95)] ?? Number.POSITIVE_INFINITY
  return {
    measured: `${opened} opened, ${most} held at most, ${drips} bytes into each; from another address ${took.length} of ${took.length + lost} looks answered, p95 ${Math.round(slowest)} ms`,
    holds: lost === 0 && slowest < 1_000,
  }
}
