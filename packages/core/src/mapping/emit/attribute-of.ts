import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../json/json-value.ts'
import { newAttributes, type Attributes, type AttributeValue } from '../../otlp/any-value.ts'

/** JSON as an attribute. OTLP has no null: it is no value, and inside a list an empty place. */
export function attributeOf(value: JsonValue): AttributeValue {
  if (value === null) return undefined
  if (isJsonArray(value)) return value.map((item) => attributeOf(item))
  return isJsonObject(value) ? attributesOf(value) : value
}

export function attributesOf(object: JsonObject): Attributes {
  const attributes = newAttributes()
  for (const [key, value] of Object.entries(object)) if (value !== null) attributes[key] = attributeOf(value)
  return attributes
}
