/**
 * Screens without a page.test.ts of their own, each with the test of a neighbour that walks through it and an address
 * there by which it can be seen to. The list only shrinks: a new screen has its own.
 */
export const testedElsewhere: Readonly<Record<string, readonly [test: string, address: string]>> = {
  'chronology/incident': ['chronology/pages/new-incident/page.test.ts', '/incidents/'],
  'chronology/incidents': ['chronology/pages/conduct/page.test.ts', '/incidents'],
  'chronology/revise-incident': ['chronology/pages/new-incident/page.test.ts', '/revise'],
  'evidence/custody': ['evidence/pages/evidence/page.test.ts', '/custody'],
  'evidence/item': ['evidence/pages/evidence/page.test.ts', '/answers'],
}
