import { z } from 'zod'
import { checkInput } from './check-input.ts'
import { wrongFields } from './wrong-field.ts'

/**
 * The query of a request, checked. What the schema does not name is an error, and so is a parameter given twice:
 * nobody can know which of the two was meant.
 */
export function readQuery<Schema extends z.ZodObject>(schema: Schema | undefined, url: string): z.output<Schema> {
  const values: Record<string, string> = Object.create(null)
  for (const [name, value] of new URL(url).searchParams) {
    if (name in values) {
      throw wrongFields('TL_BAD_PARAMETER', 'query', [{ path: name, detail: 'given twice' }])
    }
    values[name] = value
  }
  return checkInput(schema ?? noParameters, values, 'TL_BAD_PARAMETER', 'query') as z.output<Schema>
}

const noParameters = z.strictObject({})
