/** What a manager supposes about a month. */
export type Supposition = {
  /** Referrals a month. */
  readonly referrals: number
  /** How many in a hundred become a case. */
  readonly share: number
  /** Appointments a case needs, on average. */
  readonly appointments: number
  /** Appointments the clinic can give in a week. */
  readonly slots: number
}

export type Capacity = {
  /** Appointments needed in a week. */
  readonly needed: number
  /** The part of what can be given that is needed; above 1 a queue grows without end. */
  readonly load: number
  /** Slots a week at which eight in ten are taken: what room for urgent cases and holidays wants. */
  readonly slotsWanted: number
  /** How many wait, and how many weeks the last of them, after so many months; empty where none need to. */
  readonly queue: readonly { readonly months: number; readonly waiting: number; readonly weeks: number }[]
}

const weeksInMonth = 52 / 12

/**
 * What follows from a supposition, by arithmetic alone: what comes in against what can be given, begun with nobody
 * waiting. Real weeks vary, so a clinic that is nearly full has a queue as well; this is the least it can be.
 *
 * @param suppose each number from 0; `slots` above 0
 */
export function findCapacity(suppose: Supposition): Capacity {
  const needed = (suppose.referrals * (suppose.share / 100) * suppose.appointments) / weeksInMonth
  const growth = Math.max(0, needed - suppose.slots)
  const queue =
    growth === 0
      ? []
      : [3, 6, 12].map(months => {
          const waiting = growth * months * weeksInMonth
          return { months, waiting: Math.round(waiting), weeks: Math.round(waiting / suppose.slots) }
        })
  return { needed, load: needed / suppose.slots, slotsWanted: Math.ceil(needed / 0.8), queue }
}
