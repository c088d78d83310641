// One server of several on one database: its settings come from the program that started it, over its environment.
import { readFile } from 'node:fs/promises'
import { buildClinic, chooseClinic } from '../../src/app/build-clinic.ts'
import { startServing } from '../../src/app/server.ts'
import { readConfig } from '../../src/platform/config.ts'
import { readClinicKey } from '../../src/platform/keys.ts'
import { silentLog } from '../../src/platform/log.ts'

const answer = readConfig(process.env, process.cwd())
if (!answer.ok) throw new Error(answer.problems.map(problem => problem.message).join(' '))
const { config } = answer
const key = await readClinicKey(config.keyFile, config.dataFolder)
const { ownerUrl, programUrl } = JSON.parse(await readFile(process.env['GROUND'] ?? '', 'utf8'))
const ground = {
  ownerUrl,
  programUrl,
  recovered: false,
  announce: async () => {},
  stop: async () => {},
}
const chosen = await chooseClinic(ground, config, key)
if (!chosen) throw new Error('there is no clinic to serve')
const serving = await startServing(buildClinic(ground, config, key, chosen, silentLog), config, {
  withJobs: false,
})
process.send?.(serving.address)
