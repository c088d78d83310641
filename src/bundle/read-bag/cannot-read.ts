/** The bag cannot be read at all, so no check can say anything. The message is for the person who brought it. */
export class CannotRead extends Error {
  override readonly name = 'CannotRead'

  constructor(message: string, cause?: unknown) {
    super(message, { cause })
  }
}
