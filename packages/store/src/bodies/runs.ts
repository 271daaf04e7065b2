/**
 * Ids as the store keeps a list of references: runs with commas, `17,90+2` for 17, 90, 91, 92. A history is stored
 * message by message, so its ids mostly follow each other and a list of a hundred is a few characters.
 */
export function encodeRuns(ids: readonly number[]): string {
  let text = ''
  for (let index = 0; index < ids.length;) {
    const first = ids[index]!
    let more = 0
    while (ids[index + more + 1] === first + more + 1) more++
    text += `${text === '' ? '' : ','}${first}${more === 0 ? '' : `+${more}`}`
    index += more + 1
  }
  return text
}

export function decodeRuns(text: string): number[] {
  if (text === '') return []
  return text.split(',').flatMap((run) => {
    const [first, more] = run.split('+').map(Number)
    return Array.from({ length: (more ?? 0) + 1 }, (_, step) => first! + step)
  })
}
