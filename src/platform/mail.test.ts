import { createServer } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MailServer, openMailServer } from '../../test/support/mail-server.ts'
import { sendMail } from './mail.ts'

let server: MailServer
beforeAll(async () => {
  server = await openMailServer()
})
afterAll(() => server.close())

const mail = { to: 'somebody@example.org', senderName: 'Appointments', subject: 'Hello', text: 'Hello.\n' }
const patience = { reach: 400, answer: 400, inAll: 5_000 }

test('S2 the server is not told what this machine is called, and no word of the program leaves', async () => {
  expect(await sendMail(server.settings, mail)).toEqual({ kind: 'taken' })
  const [arrived] = server.received
  expect(arrived?.machine).toBe('example.org')
  expect(arrived?.source).not.toMatch(/nodemailer|mailer:|node|unwatched/i)
})

test('a server that stalls before it asks for the words has nothing of them; one that stalls after may have all', async () => {
  server.behave('stall-before-data')
  expect(await sendMail(server.settings, mail, patience)).toMatchObject({
    kind: 'did-not-leave',
    isFinal: false,
  })
  server.behave('take-and-stall')
  expect(await sendMail(server.settings, mail, patience)).toMatchObject({ kind: 'not-known' })
  server.behave('take')
})

test('a server that says a little for ever is listened to for so long and no longer', async () => {
  const slow = createServer(socket => {
    socket.on('error', () => {})
    const saying = setInterval(() => socket.write('220-please wait\r\n'), 50)
    socket.on('close', () => clearInterval(saying))
  })
  await new Promise<void>(ready => slow.listen(0, '127.0.0.1', () => ready()))
  const address = slow.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const ended = await sendMail({ ...server.settings, port }, mail, {
    reach: 60_000,
    answer: 60_000,
    inAll: 600,
  })
  expect(ended).toMatchObject({ kind: 'did-not-leave', isFinal: false })
  await new Promise<void>(closed => slow.close(() => closed()))
})

test('S1 words are not sent without TLS to a server that offers none, unless it is this machine', async () => {
  const before = server.received.length
  const ended = await sendMail({ ...server.settings, demandTls: true }, mail, patience)
  expect(ended).toMatchObject({ kind: 'did-not-leave' })
  expect(server.received.length).toBe(before)
})
