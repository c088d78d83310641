/** What an incident shows beside the acts it is coded with, as a person ticks it. */
export const signs = ['threat', 'place', 'in-person', 'new-channel', 'others', 'worse'] as const
export type Sign = (typeof signs)[number]

/** Reads a sign that somebody sent, or null. */
export function parseSign(text: string): Sign | null {
  return signs.find(each => each === text) ?? null
}

/** The sign as it stands on screen. */
export function saySign(sign: Sign): string {
  switch (sign) {
    case 'threat':
      return 'A threat, open or hinted'
    case 'place':
      return 'They knew where the client was, lives or goes'
    case 'in-person':
      return 'They came in person'
    case 'new-channel':
      return 'A new account, number, device or channel'
    case 'others':
      return 'Against, or through, somebody around the client'
    case 'worse':
      return 'Worse than before'
  }
}
