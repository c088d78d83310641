import { randomBytes } from 'node:crypto'
import { Agent, request } from 'node:http'

export type Answered = {
  readonly status: number
  readonly location: string | null
  readonly text: string
  readonly milliseconds: number
}

/** Somebody's browser, without its screen: keeps its cookies, and sends a form with the token of its visit. */
export type Visitor = {
  readonly get: (path: string) => Promise<Answered>
  readonly post: (path: string, fields: Fields, files?: readonly SentFile[]) => Promise<Answered>
  readonly close: () => void
}

type Fields = Readonly<Record<string, string | readonly string[]>>
export type SentFile = { readonly field: string; readonly name: string; readonly bytes: Buffer }

/** A new visitor of an address; `link` is a demo link to sign in by. */
export async function makeVisitor(address: string, link?: string): Promise<Visitor> {
  const agent = new Agent({ keepAlive: true, maxSockets: 4 })
  const cookies = new Map<string, string>()
  let token = ''
  const send = (method: string, path: string, type?: string, body?: Buffer): Promise<Answered> =>
    new Promise((resolve, reject) => {
      const started = performance.now()
      const headers = {
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        origin: address,
        ...(body ? { 'content-type': type ?? '', 'content-length': String(body.length) } : {}),
      }
      const asked = request(`${address}${path}`, { agent, method, headers, timeout: 120_000 }, answer => {
        const parts: Buffer[] = []
        answer.on('data', part => parts.push(part))
        answer.on('end', () => {
          for (const line of answer.headers['set-cookie'] ?? []) {
            const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
            cookies.set(name, value)
          }
          const text = Buffer.concat(parts).toString()
          token = /name="_csrf" value="([^"]+)"/.exec(text)?.[1] ?? token
          resolve({
            status: answer.statusCode ?? 0,
            location: answer.headers.location ?? null,
            text,
            milliseconds: performance.now() - started,
          })
        })
        answer.on('error', reject)
      })
      asked.on('timeout', () => asked.destroy(new Error(`no answer from ${path} within two minutes`)))
      asked.on('error', reject)
      asked.end(body)
    })
  const visitor: Visitor = {
    get: path => send('GET', path),
    post: (path, fields, files = []) => {
      const pairs: [string, string][] = [
        ['_csrf', token],
        ['_once', randomBytes(16).toString('base64url')],
        ...Object.entries(fields).flatMap(([name, value]) =>
          (typeof value === 'string' ? [value] : value).map((each): [string, string] => [name, each]),
        ),
      ]
      if (files.length === 0) {
        const body = Buffer.from(new URLSearchParams(pairs).toString())
        return send('POST', path, 'application/x-www-form-urlencoded', body)
      }
      const edge = `edge-${randomBytes(12).toString('hex')}`
      const body = Buffer.concat([
        ...pairs.map(([name, value]) =>
          Buffer.from(`--${edge}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
        ),
        ...files.flatMap(({ field, name, bytes }) => [
          Buffer.from(
            `--${edge}\r\ncontent-disposition: form-data; name="${field}"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`,
          ),
          bytes,
          Buffer.from('\r\n'),
        ]),
        Buffer.from(`--${edge}--\r\n`),
      ])
      return send('POST', path, `multipart/form-data; boundary=${edge}`, body)
    },
    close: () => agent.destroy(),
  }
  if (link !== undefined) {
    await visitor.get(link)
    const signedIn = await visitor.post(link, {})
    if (signedIn.status !== 303) throw new Error(`the demo link answered ${signedIn.status}`)
  }
  return visitor
}
