import { assetHref, plainHref, plainScripts } from './assets.ts'
import { backLink } from './components/back-link.ts'
import { exitThisPage } from './components/exit-this-page.ts'
import { type NavigationItem, serviceNavigation } from './components/service-navigation.ts'
import { skipLink } from './components/skip-link.ts'
import { startForm } from './form.ts'
import { type Html, html } from './html.ts'

type Common = {
  /** Goes into <title>: on public pages the caller keeps it neutral. */
  readonly title: string
  readonly body: Html
  readonly serviceName?: string | undefined
  readonly back?: { readonly href: string; readonly text?: string | undefined } | undefined
  /** Stands before everything else on the page: what must be read now. */
  readonly first?: Html | undefined
  /** Stands above the main content, such as a phase banner or breadcrumbs. */
  readonly beforeContent?: Html | undefined
  readonly footer?: Html | undefined
  /** Uses the whole width of a wide screen, for tables and pictures. */
  readonly wide?: boolean | undefined
}

export type StaffLayout = Common & {
  readonly kind: 'staff'
  readonly homeHref?: string | undefined
  readonly navigation?: readonly NavigationItem[] | undefined
  readonly signedInAs?: string | undefined
  /** Where people who are signed in see to their own sign-in. */
  readonly accountHref?: string | undefined
  readonly signOut?: { readonly action: string; readonly csrfToken: string } | undefined
}

export type PublicLayout = Common & {
  readonly kind: 'public'
  /** The page that ends the visit and goes on to a neutral site. */
  readonly leaveHref?: string | undefined
}

export type LayoutOptions = StaffLayout | PublicLayout

function staffHeader(options: StaffLayout): Html {
  const { signedInAs, signOut, accountHref } = options
  const end =
    (signedInAs || signOut) &&
    html`<div class="signed-in">${
      signedInAs &&
      html`<span class="signed-in__name"><span class="govuk-visually-hidden">Signed in as </span>${accountHref ? html`<a class="govuk-link govuk-link--no-visited-state" href="${accountHref}">${signedInAs}</a>` : signedInAs}</span>`
    }${
      signOut && startForm(signOut, html`<button type="submit" class="link-button">Sign out</button>`)
    }</div>`
  return serviceNavigation({
    serviceName: options.serviceName,
    serviceUrl: options.homeHref,
    navigation: options.navigation,
    end: end ? { html: end, inline: true } : undefined,
  })
}

function exitControls(leaveHref: string): { readonly link: Html; readonly button: Html } {
  const link = skipLink({
    text: 'Exit this page',
    href: leaveHref,
    classes: 'govuk-js-exit-this-page-skiplink',
    attributes: { rel: 'nofollow noreferrer' },
  })
  return { link, button: exitThisPage({ redirectUrl: leaveHref }) }
}

function keptAssets(): Html {
  return html`<link rel="icon" href="${assetHref('icon.svg')}" type="image/svg+xml">
<link rel="stylesheet" href="${assetHref('style.css')}">
<script type="module" src="${assetHref('start.js')}"></script>`
}

/** From where nothing is kept, and in pieces so short that nothing is kept of what was made of them either. */
function plainAssets(): Html {
  return html`<link rel="icon" href="${plainHref('icon.svg')}" type="image/svg+xml">
<link rel="stylesheet" href="${plainHref('style.css')}">
${plainScripts.map(name => html`<script type="module" src="${plainHref(name)}"></script>`)}`
}

/**
 * Writes a whole page. Nothing in it is inline: scripts and styles come from here, so the content security policy can
 * refuse everything else. Every public page carries the exit control.
 */
export function layoutPage(options: LayoutOptions): Html {
  const isPublic = options.kind === 'public'
  // only who is signed in at work may have files of ours left in a browser
  const isAtWork = options.kind === 'staff' && options.signedInAs !== undefined
  const exit = isPublic ? exitControls(options.leaveHref ?? '/leave') : undefined
  const title = isPublic || !options.serviceName ? options.title : `${options.title} – ${options.serviceName}`
  const header = isPublic
    ? options.serviceName && serviceNavigation({ serviceName: options.serviceName })
    : staffHeader(options)
  // a landmark of its own, so that a screen reader can find what stands between header and main content
  const hasBefore = options.back || String(options.beforeContent ?? '') !== ''
  const before =
    hasBefore &&
    html`<div role="region" aria-label="Before the main content">${
      options.back && backLink({ href: options.back.href, text: options.back.text ?? 'Back' })
    }${options.beforeContent}</div>`
  return html`<!DOCTYPE html>
<html lang="en-GB" class="govuk-template">
<head>
<meta charset="utf-8">
<title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="robots" content="noindex, nofollow">
${isAtWork ? keptAssets() : plainAssets()}
</head>
<body class="govuk-template__body">
${skipLink({ text: 'Skip to main content', href: '#main-content' })}
${options.first && html`<div class="announcement not-printed" role="region" aria-label="Read this first"><div class="govuk-width-container">${options.first}</div></div>`}
<header class="govuk-template__header plain-header">${exit?.link}${header}</header>
<div class="govuk-width-container${options.wide && ' govuk-width-container--wide'}">
${exit?.button}${before}
<main class="govuk-main-wrapper" id="main-content">
${options.body}
</main>
</div>
${options.footer && html`<footer class="govuk-template__footer plain-footer"><div class="govuk-width-container">${options.footer}</div></footer>`}
</body>
</html>
`
}
