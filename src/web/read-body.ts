import type { IncomingMessage } from 'node:http'
import { readMultipart } from './multipart.ts'
import type { FormFields, Upload } from './request.ts'
import { RequestProblem } from './request-problem.ts'
import { gatherFields, readPairs } from './urlencoded.ts'

export type BodyLimits = {
  /** The most bytes of an ordinary form. */
  readonly formBytes: number
  /** How long an ordinary form may take to arrive, in milliseconds. */
  readonly formTimeout: number
  /** How long an upload may stand still, in milliseconds. */
  readonly uploadIdle: number
}

/** What a form with files may bring. */
export type UploadLimits = {
  /** The most bytes of the whole body. */
  readonly maxBytes: number
  /** The most bytes of one text field, where that is more than an ordinary form may have. */
  readonly fieldBytes?: number
}

export type Body = { readonly form: FormFields; readonly uploads: AsyncIterable<Upload> }

async function* nothing(): AsyncGenerator<Upload> {}

/** What a request without a body brings. */
export const noBody: Body = { form: new Map(), uploads: nothing() }

function checkLength(request: IncomingMessage, most: number): void {
  if (Number(request.headers['content-length'] ?? 0) > most) {
    throw new RequestProblem(413, 'the body is larger than this page takes')
  }
}

/** Calls `expire` when the sender has sent nothing for a while; time that we held the sender back does not count. */
function watchForSilence(request: IncomingMessage, milliseconds: number): void {
  const expire = (): void => {
    if (request.readableFlowing === false || request.readableLength > 0) restart()
    else request.destroy(new RequestProblem(408, 'the sender stopped sending'))
  }
  let timer = setTimeout(expire, milliseconds)
  const restart = (): void => {
    clearTimeout(timer)
    timer = setTimeout(expire, milliseconds)
  }
  const stop = (): void => {
    clearTimeout(timer)
    request.off('data', restart)
  }
  // 'data' is added by the reader's pipe at once, so listening here starts nothing of its own
  process.nextTick(() => request.on('data', restart))
  request.once('end', stop).once('close', stop)
}

async function readUrlencoded(request: IncomingMessage, limits: BodyLimits): Promise<Body> {
  const chunks: Buffer[] = []
  let length = 0
  const late = setTimeout(() => {
    request.destroy(new RequestProblem(408, 'the form took too long to arrive'))
  }, limits.formTimeout)
  try {
    for await (const chunk of request) {
      length += chunk.length
      if (length > limits.formBytes) throw new RequestProblem(413, 'the form is too large')
      chunks.push(chunk)
    }
  } finally {
    clearTimeout(late)
  }
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch {
    throw new RequestProblem(400, 'bytes that are not UTF-8')
  }
  return { form: gatherFields(readPairs(text)), uploads: nothing() }
}

/** Reads what was posted: an ordinary form whole, a form with files as it arrives. */
export async function readBody(
  request: IncomingMessage,
  upload: UploadLimits | undefined,
  limits: BodyLimits,
): Promise<Body> {
  const type = request.headers['content-type'] ?? ''
  if (type === '') return noBody
  if (/^multipart\/form-data\b/i.test(type)) {
    const maxBytes = upload?.maxBytes ?? limits.formBytes
    checkLength(request, maxBytes)
    watchForSilence(request, upload ? limits.uploadIdle : limits.formTimeout)
    return readMultipart(request, type, {
      maxBytes,
      fieldBytes: upload?.fieldBytes ?? limits.formBytes,
      files: upload ? 100 : 0,
    })
  }
  if (!/^application\/x-www-form-urlencoded\b/i.test(type)) throw new RequestProblem(415, 'not a form')
  checkLength(request, limits.formBytes)
  return readUrlencoded(request, limits)
}
