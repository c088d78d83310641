/**
 * The floors of the house, top to bottom. A room may import only from rooms on a floor strictly below its own.
 * ARCHITECTURE.md prints this table and a test holds the two equal.
 */
export const floorPlan: readonly { readonly floor: number; readonly rooms: readonly string[] }[] = [
  { floor: 12, rooms: ['cli'] },
  { floor: 11, rooms: ['app'] },
  { floor: 10, rooms: ['casefile', 'portal', 'insight'] },
  { floor: 9, rooms: ['bundle'] },
  { floor: 8, rooms: ['plans', 'orders'] },
  { floor: 7, rooms: ['chronology'] },
  { floor: 6, rooms: ['appointments', 'access-map', 'evidence'] },
  { floor: 5, rooms: ['cases'] },
  { floor: 4, rooms: ['identity', 'directory', 'contact'] },
  { floor: 3, rooms: ['audit'] },
  { floor: 2, rooms: ['platform', 'web'] },
  { floor: 1, rooms: ['foundation'] },
]
