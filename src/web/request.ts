import type { Readable } from 'node:stream'

/** The fields of a submitted form: every name with all its values, in order, as typed. */
export type FormFields = ReadonlyMap<string, readonly string[]>

/** One file that arrives: its bytes are read once, as they come. */
export type Upload = {
  readonly field: string
  /** The name the sender gave: data, never a path. */
  readonly name: string
  readonly declaredType: string
  readonly body: Readable
}

/** What a page may know of a request. */
export type PageRequest = {
  readonly method: 'GET' | 'POST'
  /** The path without the query, as asked for. */
  readonly path: string
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly form: FormFields
  /** For a multipart form: its text fields come first (in `form`), its files follow one by one. */
  readonly uploads: AsyncIterable<Upload>
  readonly cookies: ReadonlyMap<string, string>
  /** The address of the other end, for slowing down guesses; never logged. */
  readonly address: string
  /** Aborted when the person who asked has gone before the answer: work for them alone may end. */
  readonly ended: AbortSignal
  /** What the browser says of itself, as it says it; never logged and never kept as it is. */
  readonly userAgent?: string
  /** Goes in every form that changes something (the form component does it). */
  readonly csrfToken: string
}

/** The first value of a field as typed, or an empty text. */
export function fieldText(form: FormFields, name: string): string {
  return form.get(name)?.[0] ?? ''
}

/** Every value of a field, as typed. */
export function fieldValues(form: FormFields, name: string): readonly string[] {
  return form.get(name) ?? []
}
