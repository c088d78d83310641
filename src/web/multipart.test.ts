import { PassThrough, Readable } from 'node:stream'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readMultipart } from './multipart.ts'
import { RequestProblem } from './request-problem.ts'

const limits = { maxBytes: 50_000_000, fieldBytes: 1000, files: 10 }
const type = 'multipart/form-data; boundary=edge'
const field = (name: string, value: string): string =>
  `--edge\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
const file = (name: string, content: string): string =>
  `--edge\r\ncontent-disposition: form-data; name="files"; filename="${name}"\r\ncontent-type: text/plain\r\n\r\n${content}\r\n`
const end = '--edge--\r\n'
const from = (...parts: readonly string[]): Readable => Readable.from(parts.map(part => Buffer.from(part)))

async function text(stream: Readable): Promise<string> {
  let all = ''
  for await (const chunk of stream) all += String(chunk)
  return all
}

test('text fields come first, then the files one by one in their order', async () => {
  const body = from(field('a', '1'), field('a', '2'), file('x.txt', 'one'), file('y.txt', 'two'), end)
  const { form, uploads } = await readMultipart(body, type, limits)
  expect(form.get('a')).toEqual(['1', '2'])
  const seen: string[] = []
  for await (const upload of uploads) seen.push(`${upload.field} ${upload.name} ${await text(upload.body)}`)
  expect(seen).toEqual(['files x.txt one', 'files y.txt two'])
})

test('a form without files is a form', async () => {
  const { form, uploads } = await readMultipart(from(field('a', '1'), end), type, limits)
  expect(form.get('a')).toEqual(['1'])
  for await (const upload of uploads) throw new Error(`a file out of nowhere: ${upload.name}`)
})

test('the name of a file is never a path', async () => {
  const { uploads } = await readMultipart(from(file('../../etc/passwd', 'x'), end), type, limits)
  for await (const upload of uploads) {
    expect(upload.name).toBe('passwd')
    upload.body.resume()
  }
})

test('a file that nobody reads yet holds the sender back', async () => {
  let sent = 0
  const piece = 'x'.repeat(64 * 1024)
  const body = Readable.from(
    (function* () {
      yield Buffer.from(`--edge\r\ncontent-disposition: form-data; name="f"; filename="f"\r\n\r\n`)
      for (; sent < 300; sent += 1) yield Buffer.from(piece)
      yield Buffer.from(`\r\n${end}`)
    })(),
    { highWaterMark: 1 },
  )
  const { uploads } = await readMultipart(body, type, limits)
  const first = await uploads[Symbol.asyncIterator]().next()
  for (let turn = 0; turn < 50; turn += 1) await new Promise(resolve => setImmediate(resolve))
  expect(sent).toBeLessThan(20)
  let length = 0
  for await (const chunk of first.value.body) length += chunk.length
  expect(length).toBe(300 * 64 * 1024)
})

test('a sender who goes away is an error on the file being read', async () => {
  const body = new PassThrough()
  body.write(`--edge\r\ncontent-disposition: form-data; name="f"; filename="f"\r\n\r\nhalf a fi`)
  const { uploads } = await readMultipart(body, type, limits)
  const reading = (async () => {
    for await (const upload of uploads) await text(upload.body)
  })()
  body.destroy()
  await expect(reading).rejects.toThrow('the sender went away')
})

test('a body that breaks off in the middle is an error on the file being read', async () => {
  const { uploads } = await readMultipart(from(file('x', 'half')), type, limits)
  const reading = (async () => {
    for await (const upload of uploads) await text(upload.body)
  })()
  await expect(reading).rejects.toBeInstanceOf(RequestProblem)
})

test('a body over the limit is an error on the file being read', async () => {
  const body = from(file('x', 'y'.repeat(5000)), file('z', 'y'.repeat(5000)), end)
  const reading = (async () => {
    const { uploads } = await readMultipart(body, type, { ...limits, maxBytes: 4000 })
    for await (const upload of uploads) await text(upload.body)
  })()
  await expect(reading).rejects.toMatchObject({ status: 413 })
})

test.each([
  ['a field that is too long', [field('a', 'x'.repeat(2000)), end], 413],
  ['a NUL byte', [field('a', 'x\0y'), end], 400],
  ['more files than allowed', [...Array.from({ length: 12 }, (_, index) => file(`${index}`, 'x')), end], 413],
  ['a text field after a file', [file('x', 'y'), field('a', '1'), end], 400],
])('%s is refused', async (_what, parts, status) => {
  const reading = (async () => {
    const { uploads } = await readMultipart(from(...parts), type, limits)
    for await (const upload of uploads) await text(upload.body)
  })()
  await expect(reading).rejects.toMatchObject({ status })
})

test('whatever arrives is a form or a refusal, and never hangs or brings the server down', async () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '--edge',
      '--edge--',
      '\r\n',
      '\r\n\r\n',
      'content-disposition: form-data; name="a"',
      'content-disposition: form-data; name="a"; filename="b"',
      'content-type: text/plain',
      '\0',
    ),
    fc.string({ maxLength: 20 }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 20 }), async pieces => {
      try {
        const { uploads } = await readMultipart(from(...pieces), type, limits)
        for await (const upload of uploads) await text(upload.body)
      } catch (error) {
        expect(error).toBeInstanceOf(RequestProblem)
      }
    }),
    { numRuns: 300 },
  )
})
