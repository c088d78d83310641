// Builds one bundle as the process for heavy work does, apart from what prepared it: BUNDLE says of which case, over the settings.
import { buildClinic, chooseClinic, prepareContext } from '../../src/app/build-clinic.ts'
import { buildBundleFile } from '../../src/bundle/operations/build-bundle-file.ts'
import { readConfig } from '../../src/platform/config.ts'
import { readClinicKey } from '../../src/platform/keys.ts'
import { silentLog } from '../../src/platform/log.ts'
import { readEndedChildren } from './measure.ts'

const answer = readConfig(process.env, process.cwd())
if (!answer.ok) throw new Error(answer.problems.map(problem => problem.message).join(' '))
const { config } = answer
const key = await readClinicKey(config.keyFile, config.dataFolder)
const context = await prepareContext(config, key, silentLog, { besideServer: true })
const chosen = await chooseClinic(context, config, key)
if (!chosen) throw new Error('there is no clinic')
const clinic = buildClinic(context, config, key, chosen, silentLog)
const { caseId, bundleId } = JSON.parse(process.env['BUNDLE'] ?? '')
const begun = performance.now()
const before = process.cpuUsage()
const startedBefore = await readEndedChildren()
const end = await buildBundleFile(clinic, caseId, bundleId)
if (end !== 'done') throw new Error(`the bundle was not built: ${end}`)
const used = process.cpuUsage(before)
process.send?.({
  milliseconds: performance.now() - begun,
  cpu: (used.user + used.system) / 1000 + (await readEndedChildren()) - startedBefore,
  memory: process.resourceUsage().maxRSS * 1024,
})
await clinic.database.close()
await context.stop()
process.exit()
