/** What somebody does at the clinic. One role a person. */
export const roles = [
  'call-handler',
  'coordinator',
  'cyber-adviser',
  'stalking-advocate',
  'idva',
  'police-liaison',
  'manager',
  'administrator',
] as const

export type Role = (typeof roles)[number]

const names: Readonly<Record<Role, string>> = {
  'call-handler': 'Call handler',
  coordinator: 'Coordinator',
  'cyber-adviser': 'Cyber adviser',
  'stalking-advocate': 'Stalking advocate',
  idva: 'IDVA',
  'police-liaison': 'Police liaison',
  manager: 'Manager',
  administrator: 'Administrator',
}

/** The role as it is written on screen. */
export function roleName(role: Role): string {
  return names[role]
}

/** Reads a role from outside, or null. */
export function parseRole(text: string): Role | null {
  return roles.find(role => role === text) ?? null
}
