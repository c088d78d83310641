/** Who sits with a client in an appointment: the roles that keep a calendar. */
export const seatRoles = ['cyber-adviser', 'stalking-advocate', 'idva'] as const
export type SeatRole = (typeof seatRoles)[number]

/** Reads a role that keeps a calendar, or null for any other. */
export function parseSeatRole(text: string): SeatRole | null {
  return seatRoles.find(role => role === text) ?? null
}

/** The roles an appointment needs, all of them or there is none: an IDVA as well where there is domestic abuse. */
export function findNeededRoles(domesticAbuse: boolean): readonly SeatRole[] {
  return domesticAbuse ? seatRoles : ['cyber-adviser', 'stalking-advocate']
}
