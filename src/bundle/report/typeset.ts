import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'

// Runs as a process of its own: the typesetter takes much memory, and a crash of it must not be ours.
// One message in: the data as JSON and the moment to put into the PDF. One out: the PDF, or what went wrong.

const require = createRequire(import.meta.url)
const folderOf = (name: string) => dirname(require.resolve(`${name}/package.json`))

// Free fonts that come with the program: nothing is taken from the machine, so every machine prints the same.
const notoFamilies = [
  'emoji',
  'sans-sc',
  'sans-kr',
  'sans-devanagari',
  'sans-bengali',
  'sans-gurmukhi',
  'sans-gujarati',
  'sans-tamil',
]

function findFonts(): readonly string[] {
  const dejavu = join(folderOf('dejavu-fonts-ttf'), 'ttf')
  const noto = notoFamilies.map(family => {
    const [first = '', ...rest] = family.split(/-/).map(part => (part.length < 3 ? part.toUpperCase() : part))
    const name = [first, ...rest].map(part => (part[0] ?? '').toUpperCase() + part.slice(1)).join('')
    return join(folderOf(`@expo-google-fonts/noto-${family}`), '400Regular', `Noto${name}_400Regular.ttf`)
  })
  return [join(dejavu, 'DejaVuSans.ttf'), join(dejavu, 'DejaVuSans-Bold.ttf'), ...noto]
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
