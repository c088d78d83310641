/**
 * The floors of the house, top to bottom. A room may import only from rooms on a floor strictly below its own.
 * ARCHITECTURE.md prints this table and a test holds the two equal.
 */
export const floorPlan: readonly { readonly floor: number; readonly rooms: readonly string[] }[] = [
  { floor: 13, rooms: ['cli'] },
  { floor: 12, rooms: ['app'] },
  { floor: 11, rooms: ['casefile', 'portal', 'insight'] },
  { floor: 10, rooms: ['bundle'] },
  { floor: 9, rooms: ['plans', 'orders'] },
  { floor: 8, rooms: ['chronology', 'appointments'] },
  { floor: 7, rooms: ['access-map', 'evidence'] },
  { floor: 6, rooms: ['contact'] },
  { floor: 5, rooms: ['cases'] },
  { floor: 4, rooms: ['identity', 'directory'] },
  { floor: 3, rooms: ['audit'] },
  { floor: 2, rooms: ['platform', 'web'] },
  { floor: 1, rooms: ['foundation', 'access-engine'] },
]

/**
 * The folders of rules inside a room that has many, lowest first. A folder imports only from folders before it on this
 * list, never from one beside it on the same line; stores, operations and pages stand above them all.
 */
export const foldersWithin: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'access-engine': [['format'], ['reach'], ['plan', 'leaks']],
  'access-map': [['mechanism'], ['inventory'], ['picture', 'lock-out', 'device-check'], ['leaks']],
}

/** Rooms that are all machinery or all wiring: their files are not rules, and hold no store or pages of their own. */
export const roomsWithoutRules: readonly string[] = ['platform', 'web', 'app', 'cli']

/**
 * Files that stand beside rules but reach the world (disk, database, library with state), each with its reason.
 * Everything not named here is held to be pure.
 */
export const impureFiles: Readonly<Record<string, string>> = {
  'access-engine/access-map.ts': 'the engine as a library, with a solver of its own',
  'access-engine/plan/highs-solver.ts':
    'runs the solver in a thread of its own (highs-worker.mjs), with a clock for its limits, and keeps it compiled',
  'access-map/inventory/load-catalogue.ts': 'reads the entries of the catalogue from its folder',
  'access-map/device-check/load-indicators.ts':
    'reads the indicator files in the folder that the operator named',
  'bundle/build.ts': 'takes the page that checks a bundle from its own folder',
  'bundle/read-bag/folder-reader.ts': 'reads a bag from a folder, for the command line',
  'bundle/read-bag/open-bag.ts': 'finds out whether a path is a folder or a zip, for the command line',
  'bundle/read-bag/zip-reader.ts': 'reads a bag from a zip, for the command line',
  'bundle/read-bag/zip-source.ts': 'reads the bytes of a zip on a disk, for its reader',
  'bundle/report.ts': 'runs the typesetter in a process of its own',
  'bundle/report/typeset.ts': 'is that process',
  'evidence/working-copy.ts': 'decodes pictures and makes them again, with a library that holds state',
  'evidence/pictures/decode-picture.ts': 'decodes pictures in a process of its own',
  'evidence/pictures/picture-process.ts': 'is that process',
  'evidence/pictures/encode-pixels.ts': 'writes pictures with a library that holds state',
  'contact/channel-verdict-line.ts':
    'a verdict beside a channel to a client, made with the components of web',
  'evidence/seal.ts': 'opens sealed originals from the blob store',
  'evidence/intake-stream.ts': 'writes what arrives into the blob store',
  'identity/carried-form.ts': 'seals the answers of a form for the browser that carries them',
  'identity/check-act.ts':
    'the page before a weighty act, made with the components of web and sealed with the key of the clinic',
  'identity/news-banner.ts':
    'what stands first on every page of somebody whose sign-in was changed, made with the components of web',
  'identity/proof-inputs.ts': 'asks for password and code again, made with the components of web',
  'identity/route.ts': 'the shape of a visit names the clinic and its transaction',
  'identity/staff-page.ts': 'the frame of a page, made with the layout of web',
  'identity/case-navigation.ts': 'the frame of a case page, made with the components of web',
  'identity/second-phrase.ts':
    'the alarm that comes first on every page of staff, made with the components of web',
  'identity/public-page.ts': 'the frame of a page, made with the layout of web',
}
