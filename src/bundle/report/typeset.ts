import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'

// Runs as a process of its own: the typesetter takes much memory, and a crash of it must not be ours.
// One message in: the data as JSON and the moment to put into the PDF. One out: the PDF, or what went wrong.

/** Where the build put the fonts (scripts/build-fonts.mjs): nothing is taken from the machine, so every machine prints the same. */
const fontFolder = join(import.meta.dirname, 'fonts')

function findFonts(): readonly string[] {
  const names = readdirSync(fontFolder).filter(name => name.endsWith('.ttf'))
  return names.sort().map(name => join(fontFolder, name))
}

function typeset(data: string, madeAt: number): Buffer {
  const fontBlobs = findFonts().map(file => readFileSync(file))
  const compiler = NodeCompiler.create({ workspace: import.meta.dirname, fontArgs: [{ fontBlobs }] })
  compiler.mapShadow(join(import.meta.dirname, 'report.json'), Buffer.from(data, 'utf8'))
  const result = compiler.compile({
    mainFileContent: readFileSync(join(import.meta.dirname, 'chronology.typ'), 'utf8'),
  })
  const document = result.result
  if (!document) {
    const problems = result.takeError()?.shortDiagnostics ?? []
    throw new Error(`the typesetter refused its own template: ${JSON.stringify(problems).slice(0, 500)}`)
  }
  return compiler.pdf(document, {
    pdfStandard: 'a-2a',
    pdfTags: true,
    creationTimestamp: Math.floor(madeAt / 1000),
  })
}

process.once('message', (message: { readonly data: string; readonly madeAt: number }) => {
  try {
    const pdf = typeset(message.data, message.madeAt)
    process.send?.({ pdf: pdf.toString('base64') }, () => process.exit(0))
  } catch (problem) {
    process.send?.({ problem: problem instanceof Error ? problem.message : String(problem) }, () =>
      process.exit(1),
    )
  }
})
