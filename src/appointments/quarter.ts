/** A quarter of an hour, counted since 1970 in UTC: the grain in which time is kept for somebody. */
export type Quarter = number

const quarterLength = 900_000

/** The quarter in which a moment lies. */
export function quarterAt(moment: Date | number): Quarter {
  return Math.floor((typeof moment === 'number' ? moment : moment.getTime()) / quarterLength)
}

/** The moment at which a quarter begins. */
export function startOfQuarter(quarter: Quarter): Date {
  return new Date(quarter * quarterLength)
}

/** Every quarter that a span of time touches, in order. */
export function quartersOf(startsAt: Date, endsAt: Date): readonly Quarter[] {
  const first = quarterAt(startsAt)
  const count = Math.max(0, Math.ceil(endsAt.getTime() / quarterLength) - first)
  return Array.from({ length: count }, (_, index) => first + index)
}
