// Sends one file with a form, as a browser does, from a process of its own: what sending costs is no cost of the server.
import { createReadStream, statSync } from 'node:fs'
import { request } from 'node:http'
import { pipeline } from 'node:stream/promises'

const { url, cookie, fields, path } = JSON.parse(process.env.ORDER)
const boundary = 'bench-0123456789abcdef'
const field = ([name, value]) =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
const head = Buffer.from(
  `${Object.entries(fields).map(field).join('')}--${boundary}\r\nContent-Disposition: form-data; name="files"; filename="original.bin"\r\nContent-Type: application/octet-stream\r\n\r\n`,
)
const tail = Buffer.from(`\r\n--${boundary}--\r\n`)
const sending = request(url, {
  method: 'POST',
  headers: {
    cookie,
    'content-type': `multipart/form-data; boundary=${boundary}`,
    'content-length': head.length + statSync(path).size + tail.length,
  },
})
const answered = new Promise((done, fail) => {
  sending.on('error', fail)
  sending.on('response', answer => {
    answer.resume()
    answer.on('end', () => done(answer))
  })
})
async function* body() {
  yield head
  yield* createReadStream(path, { highWaterMark: 1024 * 1024 })
  yield tail
}
await pipeline(body(), sending)
const { statusCode, headers } = await answered
if (statusCode !== 303 || !headers.location?.includes('/receipts/')) {
  console.error(`answered ${statusCode} ${headers.location ?? ''}`)
  process.exitCode = 1
}
