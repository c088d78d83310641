/**
 * Screens without a page.test.ts of their own, each with the test of a neighbour that walks through it and an address
 * there by which it can be seen to. The list only shrinks: a new screen has its own.
 */
export const testedElsewhere: Readonly<Record<string, readonly [test: string, address: string]>> = {
  'bundle/decide': ['bundle/pages/bundles/page.test.ts', '/decide'],
  'bundle/download': ['bundle/pages/bundles/page.test.ts', '/file'],
  'casefile/trail': ['casefile/pages/overview/page.test.ts', '/trail'],
  'cases/before-you-start': ['cases/pages/refer/page.test.ts', "'/refer'"],
  'cases/call-sheet': ['cases/pages/triage/page.test.ts', '/calls/new'],
  'cases/case-triage': ['cases/pages/first-account/page.test.ts', '/triage/revise'],
  'cases/caseload': ['cases/pages/close/page.test.ts', "'/cases'"],
  'cases/contact': ['cases/pages/triage/page.test.ts', '/contact/said'],
  'cases/not-ours': ['cases/pages/triage/page.test.ts', '/not-ours'],
  'cases/opening': ['cases/pages/triage/page.test.ts', '/open'],
  'cases/other-help': ['cases/pages/services/page.test.ts', '/other-help'],
  'cases/sent': ['cases/pages/refer/page.test.ts', '/sent'],
  'cases/start': ['cases/pages/parts/promise.test.ts', "'/'"],
  'cases/waiting': ['cases/pages/triage/page.test.ts', '/triage'],
  'cases/withdraw-consent': ['cases/pages/consents/page.test.ts', '/withdraw'],
  'chronology/incident': ['chronology/pages/new-incident/page.test.ts', '/incidents/'],
  'chronology/incidents': ['chronology/pages/conduct/page.test.ts', '/incidents'],
  'chronology/revise-incident': ['chronology/pages/new-incident/page.test.ts', '/revise'],
  'evidence/custody': ['evidence/pages/evidence/page.test.ts', '/custody'],
  'evidence/item': ['evidence/pages/evidence/page.test.ts', '/answers'],
}
