import QRCode from 'qrcode'
import { type Html, html } from '../../../web/html.ts'

const quietZone = 4

/** Draws an address as a picture for a phone's camera: one path, no style, black on white in any theme. */
// ISO/IEC 18004: a quiet zone of four modules
export function codePictureView(address: string, title: string): Html {
  const { modules } = QRCode.create(address, { errorCorrectionLevel: 'M' })
  const side = modules.size + 2 * quietZone
  let path = ''
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.get(row, column)) path += `M${column + quietZone} ${row + quietZone}h1v1h-1z`
    }
  }
  return html`<svg class="code-picture" role="img" width="240" height="240" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"><title>${title}</title><path fill="#fff" d="M0 0h${side}v${side}H0z"/><path fill="#000" d="${path}"/></svg>`
}
