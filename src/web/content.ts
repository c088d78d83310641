import { type Html, html } from './html.ts'

/** What stands in an element: a text, which is escaped, or markup that is already safe. */
export type Content =
  | { readonly text: string; readonly html?: undefined }
  | { readonly html: Html; readonly text?: undefined }

/** As Content, where nothing at all is also an answer. */
export type OptionalContent = Content | { readonly text?: undefined; readonly html?: undefined }

/** Writes a content: its markup as it is, or its text escaped. */
export function writeContent(content: OptionalContent | undefined): Html {
  return content?.html ?? html`${content?.text}`
}

/** Whether there is anything to write. */
export function hasContent(content: OptionalContent | undefined): boolean {
  return Boolean(content?.html?.markup || content?.text)
}
