import type { AnyRoute } from '../../identity/route.ts'
import { askBundle, showBundles } from './bundles/page.ts'
import { sendDecide, showDecide } from './decide/page.ts'
import { downloadBundle } from './download/page.ts'

const part = 'bundle'

/** The pages of bundles. Asking and deciding change them; a police liaison looks and downloads. */
export const bundleRoutes: readonly AnyRoute[] = [
  {
    kind: 'case',
    method: 'GET',
    path: '/cases/:case/bundles',
    part,
    mode: 'read',
    beside: ['consent'],
    answer: showBundles,
  },
  { kind: 'case', method: 'POST', path: '/cases/:case/bundles', part, mode: 'write', answer: askBundle },
  {
    kind: 'case',
    method: 'GET',
    path: '/cases/:case/bundles/:bundle/decide',
    part,
    mode: 'write',
    answer: showDecide,
  },
  {
    kind: 'case',
    method: 'POST',
    path: '/cases/:case/bundles/:bundle/decide',
    part,
    mode: 'write',
    answer: sendDecide,
  },
  {
    kind: 'case',
    method: 'GET',
    path: '/cases/:case/bundles/:bundle/file',
    part,
    mode: 'read',
    answer: downloadBundle,
  },
]
