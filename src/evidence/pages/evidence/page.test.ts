import { readdir } from 'node:fs/promises'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ZipFile } from 'yazl'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { openTestClinic, type TestClinic } from '../../../../test/support/test-clinic.ts'
import { openTestSite, type TestFile, type TestSite } from '../../../../test/support/test-site.ts'
import type { CaseId } from '../../../foundation/ids.ts'

let world: TestClinic
let site: TestSite
let caseId: CaseId
let path: string
beforeAll(async () => {
  world = await openTestClinic()
  site = await openTestSite(world, { withJobs: true })
  caseId = await openTestCase(world)
  path = `/cases/${caseId}/evidence`
})
afterAll(async () => {
  await site.close()
  await world.close()
})

const said = { 'brought-by': 'abc', 'how-obtained': 'she exported it', zone: 'Europe/London' }
const file = (name: string, bytes: TestFile['bytes']): TestFile => ({ field: 'files', name, bytes })
const bring = (files: readonly TestFile[], fields: Record<string, string> = said, to = path) =>
  site.post(to, fields, { as: 'cyber-adviser', files })
const get = (where: string) => site.get(where, { as: 'cyber-adviser' })

async function blobsKept(): Promise<number> {
  const entries = await readdir(world.clinic.blobFolder, { recursive: true, withFileTypes: true })
  return entries.filter(entry => entry.isFile()).length
}

/** Asks for the page until its reading has ended. */
async function readToEnd(where: string): Promise<string> {
  for (;;) {
    const { text } = await get(where)
    if (!text.includes('Being read')) return text
    await new Promise(done => setTimeout(done, 50))
  }
}

const itemLinks = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(/\/evidence\/([0-9a-f-]{36})"/g)].map(match => `${path}/${match[1]}`)),
]

test('S5 nobody who is not for the evidence of this case gets to it, and no upload of theirs is kept', async () => {
  const kept = await blobsKept()
  expect((await site.get(path)).status).toBe(303)
  for (const role of ['police-liaison', 'manager', 'administrator', 'call-handler'] as const) {
    expect((await site.get(path, { as: role })).status, role).toBe(404)
    const sent = await site.post(path, said, { as: role, files: [file('a.txt', 'hello')] })
    expect(sent.status, role).toBe(404)
  }
  const elsewhere = await openTestCase(world, { agencies: ['lead'] })
  expect((await get(`/cases/${elsewhere}/evidence`)).status).toBe(404)
  const coordinator = await site.post(path, said, { as: 'coordinator', files: [file('a.txt', 'hello')] })
  expect(coordinator.status).toBe(404)
  const looked = await site.get(path, { as: 'coordinator' })
  expect(looked.status).toBe(200)
  expect(looked.text).not.toContain('Choose files')
  expect(await blobsKept()).toBe(kept)
})

test('a form without its answers says what is missing, keeps what was typed, and keeps no file', async () => {
  const kept = await blobsKept()
  const answer = await bring([file('a.txt', 'hello')], {
    'brought-by': '7',
    'how-obtained': '',
    device: 'her blue phone',
    zone: 'other',
    'other-zone': 'Europe/Tonbridge',
  })
  expect(answer.status).toBe(422)
  expect(answer.text).toContain('Initials must be 2 to 5 letters from A to Z')
  expect(answer.text).toContain('Enter how it was obtained')
  expect(answer.text).toContain('Enter a region and city, like Europe/Paris')
  expect(answer.text).toContain('her blue phone')
  for (const target of answer.text.matchAll(/<a href="#([^"]+)">/g)) {
    if (target[1] !== 'main-content') expect(answer.text).toContain(`id="${target[1]}"`)
  }
  expect(await blobsKept()).toBe(kept)
  const none = await bring([file('', '')])
  expect(none.status).toBe(422)
  expect(none.text).toContain('Choose a file')
})

test('a chat is kept, answered with a receipt that names nobody, and read into messages', async () => {
  const chat = '24/12/2025, 18:00 - Sam: where are you\n24/12/2025, 18:01 - Alex: stop\n'
  const answer = await bring([file('WhatsApp Chat with Sam.txt', chat)])
  expect(answer.status).toBe(303)
  const receipt = await get(answer.location ?? '')
  expect(receipt.status).toBe(200)
  const slip = /<section class="print-slip"[\s\S]*?<\/section>/.exec(receipt.text)?.[0] ?? ''
  expect(slip).toContain('ABC/1')
  expect(slip).toContain('<svg')
  expect(slip).not.toMatch(/Sam|WhatsApp|Alex|stalk|clinic|police/i)
  const [item] = itemLinks(receipt.text)
  const page = await readToEnd(item ?? '')
  expect(page).toContain('2 messages, 0 not understood, 0 set aside')
  expect(page).toContain('It does not show who wrote them')
  expect(page).toContain('Read by the program')
  const list = await get(path)
  expect(list.text).toContain('WhatsApp Chat with Sam.txt')
})

test('the same form sent twice, also at the same instant, is one arrival with one receipt', async () => {
  const once = { ...said, _once: 'abcdefghijklmnopqrstuv' }
  const send = () => bring([file('twice.txt', 'sent twice')], once)
  const [one, two] = await Promise.all([send(), send()])
  const three = await send()
  expect(new Set([one?.location, two?.location, three.location]).size).toBe(1)
  const [item] = itemLinks((await get(one?.location ?? '')).text)
  expect(await readToEnd(item ?? '')).not.toContain('Handed in again')
  const again = await bring([file('other name.txt', 'sent twice')])
  expect(again.location).not.toBe(one?.location)
  expect((await get(item ?? '')).text).toContain('Handed in again')
})

test('S10 hostile files are each accounted for, none of them stops the others, and none is ever served as a page', async () => {
  const zip = new ZipFile()
  zip.addBuffer(Buffer.alloc(40_000_000), 'bomb.txt')
  zip.addBuffer(Buffer.from('hello'), 'hello.txt')
  zip.end()
  const packed: Buffer[] = []
  for await (const part of zip.outputStream) packed.push(Buffer.from(part))
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
  const answer = await bring([
    file('bomb.zip', new Uint8Array(Buffer.concat(packed))),
    file('../../../etc/passwd', 'root:x:0:0'),
    file('chat.txt', '%PDF-1.7\n1 0 obj\n<<>>\nendobj\n'),
    file('picture.svg', svg),
    file('empty.txt', ''),
    file('<script>alert(2)</script>.png', new Uint8Array(Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]))),
    file('last.txt', '24/12/2025, 18:00 - Sam: hello\n24/12/2025, 18:01 - Sam: hello\n'),
  ])
  expect(answer.status).toBe(200)
  expect(answer.text).toContain('“empty.txt” is empty')
  expect(answer.text).not.toContain('<script>alert')
  const items = itemLinks(answer.text).filter(link => !link.includes('receipts'))
  expect(items.length).toBe(6)
  for (const item of items) {
    const page = await readToEnd(item)
    expect(page).toMatch(/not understood, \d+ set aside/)
    expect(page).not.toContain('<script>alert')
    const original = await get(`${item}/original`)
    expect(original.headers.get('content-disposition')).toMatch(/^attachment; /)
    expect(original.headers.get('content-type')).toBe('application/octet-stream')
    expect(original.headers.get('x-content-type-options')).toBe('nosniff')
    expect(original.headers.get('content-security-policy')).toContain('sandbox')
    expect(original.headers.get('content-disposition')).not.toContain('..')
  }
  const pages = await Promise.all(items.map(async item => (await get(item)).text))
  expect(pages.filter(page => page.includes('image/svg+xml</dd>')).length).toBe(1)
  expect(pages.filter(page => page.includes('application/pdf</dd>')).length).toBe(1)
  expect(pages.filter(page => page.includes('2 messages, 0 not understood')).length).toBe(1)
})

test('the list says at its top what a person has to do, counts every item once, and filters by how it stands', async () => {
  const case2 = await openTestCase(world)
  const there = `/cases/${case2}/evidence`
  const gif = Buffer.from('R0lGODlhAQABAAAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64')
  const began = world.clock.now().getTime()
  // One after the other, as their ids are made of the time: these are told apart by the instant at which they came.
  for (const [index, each] of [
    file('WhatsApp Chat with Sam.txt', '24/12/2025, 18:00 - Sam: hello\n24/12/2025, 18:01 - Sam: you\n'),
    file('dates.txt', '03/04/2025, 18:00 - Sam: hello\n03/04/2025, 18:01 - Sam: you\n'),
    file('mail.mbox', 'From 1@xxx Mon Aug 25 10:00:00 2025\nFrom: a@x.example\n\nx\n'),
    file('cut.gif', new Uint8Array(gif.subarray(0, gif.length - 1))),
    file('chat.txt', '24/12/2025, 18:00 - Alex: stop\n24/12/2025, 18:01 - Alex: it\n'),
  ].entries()) {
    world.clock.moveTo(new Date(began + index * 1000).toISOString())
    expect((await bring([each], said, there)).status).toBe(303)
  }
  const page = await readToEnd(there)
  expect(page).toContain('What a person has to do')
  expect(page).toContain('One item is kept and not read')
  expect(page).toContain('One item has a question')
  expect(page).toContain('One item was read in part or in doubt')
  expect(page).toContain('One chat could be from several programs')
  expect(page).toContain(
    '5 items: 1 kept, not read; 1 waiting for an answer; 1 read in part or in doubt; 2 read or looked through.',
  )
  const rows = [...page.matchAll(/govuk-link" href="[^"]*">(ABC\/\d)<\/a>/g)].map(match => match[1])
  expect(rows).toEqual(['ABC/3', 'ABC/2', 'ABC/4', 'ABC/1', 'ABC/5'])
  const unread = await get(`${there}?show=unread`)
  expect(unread.text).toContain('mail.mbox')
  expect(unread.text).not.toContain('cut.gif')
  expect(unread.text).toContain('By its content this is a mailbox (mbox), not read yet.')
  const came = (await get(`${there}?order=as-they-came`)).text
  expect(came.indexOf('ABC/1<')).toBeLessThan(came.indexOf('ABC/3<'))
  expect((await get(`${there}?show=failed`)).text).toContain('No item stands so now')
})

test('a sender who goes away in the middle of a file leaves nothing', async () => {
  const kept = await blobsKept()
  const visitor = await site.visitor('cyber-adviser')
  const token = /name="_csrf" value="([^"]+)"/.exec((await visitor.get(path)).text)?.[1] ?? ''
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const { hostname, port } = new URL(site.address)
  const socket = connect(Number(port), hostname)
  const field = (name: string, value: string) =>
    `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  const start = `${field('_csrf', token)}${field('brought-by', 'ABC')}${field('how-obtained', 'x')}--b\r\nContent-Disposition: form-data; name="files"; filename="gone.bin"\r\n\r\n`
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nCookie: ${cookie}\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 50000000\r\n\r\n${start}`,
  )
  socket.write(Buffer.alloc(3_000_000, 1))
  while ((await blobsKept()) === kept) await new Promise(done => setTimeout(done, 10))
  socket.destroy()
  while ((await blobsKept()) !== kept) await new Promise(done => setTimeout(done, 10))
  expect((await get(path)).text).not.toContain('gone.bin')
})

test('a file that says it is too large is refused before it is sent, and a custody check finds the log whole', async () => {
  const visitor = await site.visitor('cyber-adviser')
  const token = /name="_csrf" value="([^"]+)"/.exec((await visitor.get(path)).text)?.[1] ?? ''
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const { hostname, port } = new URL(site.address)
  const answer = await new Promise<string>((done, fail) => {
    let heard = ''
    const socket = connect(Number(port), hostname)
    socket.on('data', chunk => {
      heard += chunk
      if (heard.includes('</html>')) {
        socket.destroy()
        done(heard)
      }
    })
    socket.on('error', fail)
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nCookie: ${cookie}\r\nX-Token: ${token}\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 5368709120\r\n\r\n--b\r\n`,
    )
  })
  expect(answer).toMatch(/^HTTP\/1\.1 413 /)
  expect(answer).toContain('What was sent is too large')
  const custody = await get(`${path}/custody?check=whole`)
  expect(custody.text).toContain('The log is whole')
})
