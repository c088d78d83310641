import { readMachineState } from '../../../platform/machine-state.ts'
import { findMachineTroubles } from '../../../platform/machine-trouble.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import type { PageRequest } from '../../../web/request.ts'
import type { StaffVisit } from '../../route.ts'
import type { MachineView } from './machine-view.ts'
import { staffHomeView } from './view.ts'

/** The person who looks after the clinic's machine, and nobody else, sees its state. */
async function findMachine({ clinic, staff }: StaffVisit): Promise<MachineView | null> {
  if (staff.role !== 'administrator') return null
  const state = await readMachineState(clinic)
  if (!state) return null
  return {
    state,
    troubles: findMachineTroubles(state, clinic.clock.now()),
    isSomebodyTold: clinic.mail !== null && Boolean(clinic.machine?.operatorAddress),
  }
}

/** Shows somebody the first page of their day. */
export async function showStaffHome(_request: PageRequest, visit: StaffVisit): Promise<Answer> {
  return showPage(staffHomeView(visit, await findMachine(visit)))
}
