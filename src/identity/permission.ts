import type { CaseMode, CasePart } from '../foundation/case-part.ts'
import type { Role } from './role.ts'

type Cover = Readonly<Partial<Record<CasePart, CaseMode>>>

const specialist: Cover = {
  overview: 'read',
  referral: 'read',
  contact: 'read',
  consent: 'read',
  evidence: 'write',
  chronology: 'write',
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
    evidence: 'read',
    chronology: 'read',
    bundle: 'write',
    trail: 'read',
  },
  'cyber-adviser': specialist,
  'stalking-advocate': { ...specialist, bundle: 'write' },
  idva: specialist,
  'police-liaison': { overview: 'read', chronology: 'read', bundle: 'read' },
  manager: {},
  administrator: {},
}

/**
 * Whether a role covers a part of a case for looking or changing. The database decides the same in
 * `unwatched.role_covers`; a test holds the two equal.
 */
export function decidePermission(role: Role, part: CasePart, mode: CaseMode): boolean {
  const cover = covers[role][part]
  return mode === 'read' ? cover !== undefined : cover === 'write'
}
