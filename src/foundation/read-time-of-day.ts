export type TimeOfDay = { readonly hour: number; readonly minute: number }

/**
 * Reads a time as people write it: "16:05", "4:05pm", "4.05 pm", "4pm", "midday", "midnight", "1605".
 * Null for anything else, and for "4" alone, which could be morning or afternoon.
 */
// GOV.UK style guide: times
export function readTimeOfDay(text: string): TimeOfDay | null {
  const typed = text.trim().toLowerCase().replace(/\s+/g, ' ')
  if (typed === 'midday' || typed === 'noon') return { hour: 12, minute: 0 }
  if (typed === 'midnight') return { hour: 0, minute: 0 }
  const half = /^(\d{1,2})(?:[:.](\d{2}))? ?(a|p)\.? ?m\.?$/.exec(typed)
  if (half) {
    const hour = Number(half[1])
    const minute = Number(half[2] ?? 0)
    if (hour < 1 || hour > 12 || minute > 59) return null
    return { hour: (hour % 12) + (half[3] === 'p' ? 12 : 0), minute }
  }
  const full = /^(\d{1,2})[:.](\d{2})$/.exec(typed) ?? /^(\d{2})(\d{2})$/.exec(typed)
  if (!full) return null
  const hour = Number(full[1])
  const minute = Number(full[2])
  return hour > 23 || minute > 59 ? null : { hour, minute }
}
