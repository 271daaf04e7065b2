/**
 * A path in at most `maxCharacters`, cut in its middle: `src/…/session.ts`. The file is told before the folders above
 * it; only a file that is too long itself loses its own middle.
 */
export function cutPath(path: string, maxCharacters: number): string {
  if (path.length <= maxCharacters) return path
  const segments = path.split('/')
  const file = segments.pop()!
  let head = ''
  let tail = file
  for (let turn = 0; segments.length > 0; turn++) {
    const takesHead = turn % 2 === 0
    const longer = takesHead ? `${head}${segments[0]}/` : head
    const deeper = takesHead ? tail : `${segments.at(-1)}/${tail}`
    if (longer.length + deeper.length + 2 > maxCharacters) break
    if (takesHead) segments.shift()
    else segments.pop()
    head = longer
    tail = deeper
  }
  const cut = `${head}…/${tail}`
  return cut.length <= maxCharacters ? cut : cutMiddle(file, maxCharacters)
}

/** Keeps the end, where a name says its kind. Half of a surrogate pair at the cut goes too. */
function cutMiddle(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text
  const start = Math.floor((maxCharacters - 1) / 2)
  const end = text.length - (maxCharacters - 1 - start)
  return `${text.slice(0, start).replace(/[\uD800-\uDBFF]$/, '')}…${text.slice(end).replace(/^[\uDC00-\uDFFF]/, '')}`
}
