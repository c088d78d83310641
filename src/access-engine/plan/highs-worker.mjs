import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'
import highsLoader from 'highs'

// In a thread of its own: solving blocks it, and a solver that dies or hangs must not take the clinic with it.
/** @type {Promise<import('highs').Highs> | null} */
let loading = null
/** @type {Map<number, import('highs').Model>} */
const models = new Map()

parentPort?.on('message', request => {
  if (request.ask === 'close') {
    // A model that is not disposed of stays in the solver's memory for good.
    models.get(request.session)?.dispose()
    models.delete(request.session)
    return
  }
  loading ??= load()
  void loading
    .then(highs => solve(highs, request))
    .catch(fault => ({
      number: request.number,
      status: 'failed',
      values: null,
      bound: Number.NEGATIVE_INFINITY,
      why: fault instanceof Error ? fault.message : String(fault),
    }))
    .then(answer => parentPort?.postMessage(answer))
})

/** Starts the solver from what an earlier thread compiled of it; the first compiles it, and hands that to the program. */
async function load() {
  const module = workerData ?? (await compile())
  return highsLoader({
    // Emscripten: whoever instantiates by themselves calls back with the instance, and answers nothing.
    instantiateWasm: (imports, receive) => {
      void WebAssembly.instantiate(module, imports).then(instance => receive(instance, module))
      return {}
    },
  })
}

async function compile() {
  const module = await WebAssembly.compile(
    await readFile(createRequire(import.meta.url).resolve('highs/runtime')),
  )
  parentPort?.postMessage({ compiled: module })
  return module
}

/** Adds what is asked for to a model, runs it, and reports the result. */
function solve(highs, request) {
  let model = models.get(request.session)
  if (!model) {
    model = highs.createModel()
    models.set(request.session, model)
    model.options.set({
      output_flag: false,
      // The default stops within a ten-thousandth of the best. A plan has whole costs, so here it must be exact.
      mip_rel_gap: 0,
      // Costs are whole: within less than one of the bound, nothing cheaper is left.
      mip_abs_gap: 0.999,
      random_seed: 0,
    })
  }
  const { numCols } = model.getDimensions()
  const count = request.cost.length
  if (count > 0) {
    model.addVars(new Float64Array(count), new Float64Array(count).fill(1))
    const selection = { kind: 'range', from: numCols, to: numCols + count - 1 }
    model.changeColsCost(selection, request.cost)
    model.changeColsIntegrality(selection, request.whole)
  }
  const rows = request.least.length
  if (rows > 0) {
    model.addRows({
      lower: request.least,
      upper: new Float64Array(rows).fill(highs.infinity),
      matrix: {
        format: 'csr',
        numRows: rows,
        numCols: numCols + count,
        starts: request.starts,
        indices: request.columns,
        values: request.weights,
      },
    })
  }
  model.zeroAllClocks()
  model.options.set('time_limit', request.limit / 1000)
  const { modelStatus } = model.run()
  const { number } = request
  const known = highs.constants.modelStatus
  if (modelStatus === known.infeasible)
    return { number, status: 'infeasible', values: null, bound: Number.POSITIVE_INFINITY, why: '' }
  const bound = Number(model.info.get('mip_dual_bound'))
  const hasValues = Number(model.info.get('primal_solution_status')) === 2
  const values = hasValues ? model.getSolution().colValue : null
  if (modelStatus === known.optimal && values) return { number, status: 'optimal', values, bound, why: '' }
  if (modelStatus === known.timeLimit) return { number, status: 'limit', values, bound, why: '' }
  return { number, status: 'failed', values: null, bound, why: `the solver ended with status ${modelStatus}` }
}
