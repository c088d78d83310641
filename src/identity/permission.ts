import type { CaseMode, CasePart } from '../foundation/case-part.ts'
import type { Role } from './role.ts'

type Cover = Readonly<Partial<Record<CasePart, CaseMode>>>

const specialist: Cover = {
  overview: 'read',
  referral: 'read',
  contact: 'write',
  consent: 'read',
  appointment: 'write',
  map: 'read',
  evidence: 'write',
  chronology: 'write',
  diary: 'read',
  plan: 'write',
  order: 'read',
  bundle: 'read',
}

/** Need to know, by role (S5). A role that is not here for a part does not see it, whatever was consented to. */
const covers: Readonly<Record<Role, Cover>> = {
  'call-handler': {},
  coordinator: {
    overview: 'write',
    referral: 'write',
    contact: 'write',
    triage: 'write',
    consent: 'write',
    appointment: 'write',
    map: 'read',
    evidence: 'read',
    chronology: 'read',
    diary: 'read',
    plan: 'write',
    order: 'read',
    bundle: 'write',
    trail: 'read',
  },
  'cyber-adviser': { ...specialist, map: 'write' },
  'stalking-advocate': { ...specialist, map: 'write', order: 'write', bundle: 'write' },
  idva: specialist,
  'police-liaison': { overview: 'read', chronology: 'read', plan: 'read', order: 'write', bundle: 'read' },
  manager: {},
  administrator: {},
}

/**
 * Whether a role covers a part of a case for reading or changing. The database decides the same in
 * `unwatched.role_covers`; a test holds the two equal.
 */
export function decidePermission(role: Role, part: CasePart, mode: CaseMode): boolean {
  const cover = covers[role][part]
  return mode === 'read' ? cover !== undefined : cover === 'write'
}
