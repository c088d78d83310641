import { type FormFields, fieldText } from '../../../web/request.ts'

/** What the client says of each device of a list, by its number. One that was not answered is not in it. */
export function readDeviceAnswers(form: FormFields, count: number): ReadonlyMap<number, boolean> {
  const known = new Map<number, boolean>()
  for (let at = 0; at < count; at += 1) {
    const answer = fieldText(form, `device-${at}`)
    if (answer === 'known' || answer === 'not-known') known.set(at, answer === 'known')
  }
  return known
}

/** A number from a form; null when it is none. */
export function readNumber(form: FormFields, field: string): number | null {
  const text = fieldText(form, field)
  return /^\d{1,6}$/.test(text) ? Number(text) : null
}
