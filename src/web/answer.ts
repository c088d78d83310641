import type { Readable } from 'node:stream'
import type { Html } from './html.ts'

/** What a page answers. The server writes it out; pages never touch the connection. */
export type Answer =
  | { readonly kind: 'page'; readonly status: number; readonly page: Html; readonly headers?: AnswerHeaders }
  | { readonly kind: 'redirect'; readonly to: string; readonly headers?: AnswerHeaders }
  | {
      readonly kind: 'download'
      readonly name: string
      readonly type: string
      readonly size?: number
      readonly body: Readable
    }
  | { readonly kind: 'picture'; readonly svg: Html }
  | {
      /** A picture that this program made itself, for a page to draw. */
      readonly kind: 'image'
      readonly type: 'image/png' | 'image/jpeg'
      readonly size: number
      readonly body: Readable
    }
  | { readonly kind: 'json'; readonly status: number; readonly body: unknown }

/** Extra headers; `set-cookie` may be a list. */
export type AnswerHeaders = Readonly<Record<string, string | readonly string[]>>

export function showPage(page: Html, status = 200, headers?: AnswerHeaders): Answer {
  return headers ? { kind: 'page', status, page, headers } : { kind: 'page', status, page }
}

/** Sends the reader on with 303, so that reloading repeats a page and never an act. */
// RFC 9110, section 15.4.4
export function goTo(to: string, headers?: AnswerHeaders): Answer {
  return headers ? { kind: 'redirect', to, headers } : { kind: 'redirect', to }
}
