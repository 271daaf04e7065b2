import type { z } from 'zod'
import { escapeHtml, proseHtml } from './escape-html.ts'

type JsonSchema = z.core.JSONSchema.JSONSchema

/** A JSON Schema as HTML: a word for a scalar, a link for a named schema, a list of fields for an object. */
export function schemaHtml(schema: JsonSchema): string {
  if (schema.type === 'object' && schema.properties !== undefined) return fieldsHtml(schema)
  return `<span class="value">${valueHtml(schema)}</span>`
}

function fieldsHtml({ properties = {}, required = [] }: JsonSchema): string {
  const rows = Object.entries(properties).map(([name, property]) => {
    const field = property as JsonSchema
    const mark = required.includes(name) ? '' : '<i>optional</i>'
    const said = field.description === undefined ? '' : ` <span>${proseHtml(field.description)}</span>`
    return `<li><code>${escapeHtml(name)}</code> ${mark} ${schemaHtml(field)}${said}</li>`
  })
  return `<ul class="fields">${rows.join('')}</ul>`
}

function valueHtml(schema: JsonSchema): string {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split('/').at(-1) ?? ''
    return `<a href="#${escapeHtml(name)}">${escapeHtml(name)}</a>`
  }
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return choices.map((choice) => nestedHtml(choice)).join(' or ')
  if (schema.enum !== undefined) return schema.enum.map((value) => jsonHtml(value)).join(' ')
  if (schema.const !== undefined) return jsonHtml(schema.const)
  if (schema.type === 'array') return `list of ${nestedHtml((schema.items ?? {}) as JsonSchema)}`
  if (schema.type === 'object') return `object of ${nestedHtml((schema.additionalProperties ?? {}) as JsonSchema)}`
  const types = [schema.type ?? 'anything'].flat().join(' or ')
  return escapeHtml(`${types}${rangeText(schema)}`)
}

function nestedHtml(schema: JsonSchema): string {
  return schema.properties === undefined ? valueHtml(schema) : schemaHtml(schema)
}

function jsonHtml(value: unknown): string {
  return `<code>${escapeHtml(JSON.stringify(value))}</code>`
}

function rangeText({ minimum, maximum, maxLength, format }: JsonSchema): string {
  const isBounded = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER
  if (isBounded) return `, ${minimum ?? '…'} to ${maximum}`
  if (maxLength !== undefined) return `, at most ${maxLength} characters`
  return format === undefined ? '' : `, ${format}`
}
