import { createHash } from 'node:crypto'
import { errorTable } from '@tracellm/core'
import { docsScript, docsStyle } from './docs-assets.ts'
import { escapeHtml, proseHtml } from './escape-html.ts'
import type { OpenApiDocument, Operation, Parameter } from './openapi-document.ts'
import { schemaHtml } from './schema-html.ts'

/** The page may run its one script and use its one style, both named by their hash, and load nothing. */
export const docsPolicy = [
  "default-src 'none'",
  `script-src ${hashSource(docsScript)}`,
  `style-src ${hashSource(docsStyle)}`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

function hashSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}

/** The OpenAPI document as one page of HTML that loads nothing. */
export function docsPage(document: OpenApiDocument): string {
  const groups = Map.groupBy(operationsOf(document), ({ operation }) => operation.tags[0] ?? '')
  const sections = Array.from(groups, ([group, operations]) =>
    section(group, (notes[group] ?? '') + operations.map((each) => operationHtml(each)).join('')),
  )
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>TraceLLM API ${escapeHtml(document.info.version)}</title>
<style>${docsStyle}</style>
</head>
<body>
<header>
<h1>TraceLLM API <small>${escapeHtml(document.info.version)}</small></h1>
<p>Times are ISO 8601 with <code>Z</code>, durations milliseconds, costs US dollars; what is unknown is <code>null</code>.
On this machine no key is needed; elsewhere send <code>Authorization: Bearer tlm_sk_…</code>.
For programs: <a href="/openapi.json">openapi.json</a>.</p>
<input id="find" type="search" placeholder="Find a route, a field, an error" aria-label="Find">
<nav>${[...groups.keys(), 'Schemas', 'Errors'].map((name) => `<a href="#${anchor(name)}">${escapeHtml(name)}</a>`).join(' ')}</nav>
</header>
<main>
${sections.join('\n')}
${section('Schemas', schemasHtml(document))}
${section('Errors', errorsHtml())}
</main>
<script>${docsScript}</script>
</body>
</html>
`
}

interface Listed {
  readonly method: string
  readonly path: string
  readonly operation: Operation
}

function operationsOf(document: OpenApiDocument): Listed[] {
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  )
}

function section(name: string, html: string): string {
  return `<section id="${anchor(name)}"><h2>${escapeHtml(name)}</h2>${html}</section>`
}

function anchor(name: string): string {
  return name.toLowerCase().replaceAll(' ', '-')
}

function operationHtml({ method, path, operation }: Listed): string {
  const scopes = operation.security.flatMap((requirement) => Object.values(requirement).flat() as string[])
  const body = Object.entries(operation.requestBody?.content ?? {})
  const answers = Object.entries(operation.responses).filter(([status]) => status !== 'default')
  return `<details class="entry" id="${operation.operationId}">
<summary><b class="${method.toLowerCase()}">${method}</b> <code>${escapeHtml(path)}</code> <span>${proseHtml(operation.summary)}</span></summary>
${scopes.length === 0 ? '' : `<p class="scope">With a key: <code>${scopes.join('</code> <code>')}</code></p>`}
${parametersHtml(operation.parameters)}
${body.map(([type, { schema }]) => `<h3>Body, ${escapeHtml(type)}</h3>${schema === undefined ? '' : schemaHtml(schema)}`).join('')}
${answers.map(([status, { content }]) => answerHtml(status, content)).join('')}
</details>`
}

function answerHtml(status: string, content: Operation['responses'][string]['content']): string {
  const entries = Object.entries(content)
  return entries
    .map(
      ([type, { schema }]) =>
        `<h3>${status}, ${escapeHtml(type)}</h3>${schema === undefined ? '' : schemaHtml(schema)}`,
    )
    .join('')
}

function parametersHtml(parameters: readonly Parameter[]): string {
  if (parameters.length === 0) return ''
  const rows = parameters.map(({ name, in: place, required, description = '', schema }) => {
    const mark = required ? '<i>required</i>' : ''
    return `<tr><td><code>${escapeHtml(name)}</code> ${mark}</td><td>${place}</td><td>${schemaHtml(schema)}</td><td>${proseHtml(description)}</td></tr>`
  })
  return `<table><thead><tr><th>Parameter</th><th>In</th><th>Value</th><th></th></tr></thead><tbody>${rows.join('')}</tbody></table>`
}

function schemasHtml({ components }: OpenApiDocument): string {
  const names = Object.keys(components.schemas).toSorted()
  return names
    .map(
      (name) =>
        `<details class="entry" id="${name}"><summary><code>${name}</code></summary>${schemaHtml(components.schemas[name]!)}</details>`,
    )
    .join('')
}

function errorsHtml(): string {
  const rows = Object.entries(errorTable).map(
    ([code, { status, title, fix = '' }]) =>
      `<tr class="entry" id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${escapeHtml(title)}</td><td>${proseHtml(fix)}</td></tr>`,
  )
  return `<p>Every error is <code>application/problem+json</code>; OTLP routes answer in OTLP's own form.</p>
<table><thead><tr><th>Code</th><th>Status</th><th>Title</th><th>What to do</th></tr></thead><tbody>${rows.join('')}</tbody></table>`
}

/** What a group needs said beside its routes. */
const notes: Readonly<Record<string, string>> = {
  Live: `<p>A browser sends its key as the subprotocols <code>tracellm</code> and <code>key.&lt;key&gt;</code>. Every message is a JSON array of <a href="#LiveEvent">events</a>; a client may send
<a href="#LiveCommand">commands</a>. Events carry a sequence number: connect again with <code>after</code> to go on where you
left off.</p>`,
}
