/**
 * How many objects and lists a JSON text has at most, counted up to just past `max`; a text too short to have so many is not
 * looked at. What is counted are the brackets that open one. Those
 * within texts are counted too. Parsing makes some 50 bytes of each pair of brackets, so that a body of nothing else
 * fills many times its own length.
 */
export function countJsonObjects(bytes: Uint8Array, max: number): number {
  if (bytes.length <= max) return 0
  let count = 0
  for (let index = 0; index < bytes.length && count <= max; index++) {
    const byte = bytes[index]
    if (byte === openBrace || byte === openBracket) count++
  }
  return count
}

const openBrace = 0x7b
const openBracket = 0x5b
