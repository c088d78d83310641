import { PassThrough, type Readable, Transform } from 'node:stream'
import { Busboy, type BusboyFileStream } from '@fastify/busboy'
import type { FormFields, Upload } from './request.ts'
import { RequestProblem } from './request-problem.ts'
import { gatherFields, mostFields } from './urlencoded.ts'

export type MultipartLimits = {
  /** The most bytes of the whole body. */
  readonly maxBytes: number
  /** The most bytes of one text field. */
  readonly fieldBytes: number
  readonly files: number
}

export type MultipartForm = { readonly form: FormFields; readonly uploads: AsyncIterable<Upload> }

/** Counts the bytes that pass and stops at a limit. */
function stopAt(maxBytes: number): Transform {
  let passed = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      passed += chunk.length
      if (passed > maxBytes) done(new RequestProblem(413, 'the body is larger than this page takes'))
      else done(null, chunk)
    },
  })
}

/**
 * Reads a multipart form as it arrives: answers as soon as the text fields are in, and then hands over the files
 * one by one. A file that nobody reads holds the sender back; nothing is kept in memory or on disk.
 * A sender who goes away, and a body over the limit, surface as an error on the file being read.
 */
// RFC 7578
export function readMultipart(
  body: Readable,
  contentType: string,
  limits: MultipartLimits,
): Promise<MultipartForm> {
  return new Promise((resolve, reject) => {
    const pairs: (readonly [string, string])[] = []
    const waiting: Upload[] = []
    let current: Readable | undefined
    let problem: unknown
    let fieldsDone = false
    let finished = false
    let wake = (): void => {}

    async function* handOver(): AsyncGenerator<Upload> {
      while (true) {
        const next = waiting.shift()
        if (next) yield next
        else if (problem) throw problem
        else if (finished) return
        else await new Promise<void>(done => (wake = done))
      }
    }
    const answerOnce = (): void => {
      if (fieldsDone) return
      fieldsDone = true
      resolve({ form: gatherFields(pairs), uploads: handOver() })
    }
    const counted = stopAt(limits.maxBytes)
    const stop = (error: unknown): void => {
      if (problem || finished) return
      problem = error instanceof Error ? error : new RequestProblem(400, 'the form could not be read')
      body.unpipe(counted)
      counted.unpipe()
      body.resume()
      const cause = problem instanceof Error ? problem : undefined
      for (const upload of waiting) upload.body.destroy(cause)
      waiting.length = 0
      current?.destroy(cause)
      if (!fieldsDone) reject(problem)
      wake()
    }

    const parser = openParser(contentType, limits)
    if (!parser) {
      reject(new RequestProblem(400, 'a multipart body without its boundary'))
      return
    }
    parser.on('field', (name, value, nameCut, valueCut) => {
      if (fieldsDone) return stop(new RequestProblem(400, 'a text field after a file'))
      const wrong = nameCut || valueCut ? tooLong : findWrongText(`${name}${value}`)
      if (wrong) return stop(wrong)
      pairs.push([name ?? '', value])
    })
    parser.on('file', (field: string | undefined, file: BusboyFileStream, name, _encoding, type) => {
      answerOnce()
      file.on('error', () => {}) // busboy repeats its own error on the file; `stop` has carried it on already
      const out = new PassThrough()
      out.on('error', () => {}) // a reader that never came must not bring the server down
      out.on('close', () => {
        if (!out.readableEnded) file.resume()
      })
      file.pipe(out)
      current = out
      waiting.push({ field: field ?? '', name: name ?? '', declaredType: type, body: out })
      wake()
    })
    parser.on('fieldsLimit', () => stop(new RequestProblem(400, 'too many fields')))
    parser.on('filesLimit', () => stop(new RequestProblem(413, 'too many files')))
    parser.on('error', () => stop(new RequestProblem(400, 'a multipart body that breaks off')))
    parser.on('finish', () => {
      finished = true
      answerOnce()
      wake()
    })
    counted.on('error', stop)
    body.on('error', () => stop(new RequestProblem(400, 'the sender went away')))
    body.on('aborted', () => stop(new RequestProblem(400, 'the sender went away')))
    body.on('close', () => {
      if (!body.readableEnded) stop(new RequestProblem(400, 'the sender went away'))
    })
    body.pipe(counted).pipe(parser)
  })
}

/** Null where the content type names no boundary. */
function openParser(contentType: string, limits: MultipartLimits): ReturnType<typeof Busboy> | null {
  try {
    return new Busboy({
      headers: { 'content-type': contentType },
      limits: {
        fieldNameSize: 200,
        fieldSize: limits.fieldBytes,
        fields: mostFields,
        files: limits.files,
        headerPairs: 20,
        headerSize: 8192,
      },
      // browsers always name the file, even when none was chosen; the declared type decides nothing
      isPartAFile: (_field, _type, name) => name !== undefined,
    })
  } catch {
    return null
  }
}

const tooLong = new RequestProblem(413, 'a text field is too long')

function findWrongText(text: string): RequestProblem | null {
  if (text.includes('\0')) return new RequestProblem(400, 'a NUL byte')
  if (text.includes('\ufffd')) return new RequestProblem(400, 'bytes that are not UTF-8')
  return null
}
