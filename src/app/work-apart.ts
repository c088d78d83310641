import { renewGlances } from '../casefile/operations/glances.ts'
import type { Clinic } from '../platform/clinic.ts'
import { realClock } from '../platform/clock.ts'
import { openDatabase } from '../platform/database.ts'
import { Fault } from '../platform/fault.ts'
import type { JobPayload } from '../platform/jobs.ts'
import { unpackClinicKey } from '../platform/keys.ts'
import { serveApart } from '../platform/serve-apart.ts'

// What a process that works apart runs. Each half is loaded when it is asked for: a calculation needs no clinic.
serveApart({
  openJobs: async (context, log) => {
    const { jobs } = await import('./jobs.ts')
    const key = unpackClinicKey(context.key)
    const clinic: Clinic = {
      ...context,
      key,
      database: openDatabase(context.programUrl, {
        beforeCommit: renewGlances,
        now: realClock.now,
        key,
        connections: 4,
        onLost: code => log('database-connection-lost', { code }),
      }),
      clock: realClock,
      log,
      indicatorFolder: null,
      // Nothing leaves from here.
      mail: null,
    }
    return async (name, input) => {
      const job = jobs.find(each => each.name === name && each.isHeavy)
      if (!job) throw new Fault('no-such-job', 'There is no such work to do apart.')
      return job.work(clinic, input as JobPayload)
    }
  },
  calculate: async (name, input) => {
    const { calculations } = await import('./calculations.ts')
    const calculation = calculations.find(each => each.name === name)
    if (!calculation) throw new Fault('no-such-calculation', 'There is no such calculation.')
    return calculation.run(input as never)
  },
})
