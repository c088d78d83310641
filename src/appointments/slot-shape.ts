/** What the clinic's profile says of an appointment. Lengths are whole quarters of an hour. */
export type SlotShape = {
  readonly minutes: number
  readonly writeUpMinutes: number
  readonly gridMinutes: number
}

/** The end of the appointment, and of the time that is kept after it for writing up. */
export function endsOf(
  startsAt: Date,
  shape: SlotShape,
): { readonly endsAt: Date; readonly keptUntil: Date } {
  const endsAt = new Date(startsAt.getTime() + shape.minutes * 60_000)
  return { endsAt, keptUntil: new Date(endsAt.getTime() + shape.writeUpMinutes * 60_000) }
}
