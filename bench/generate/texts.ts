import { Random } from './random.ts'

/** Syllables of which the words are made: some thousand words, few of them frequent, as in any language. */
const syllables =
  'ba be co da de en er fa gen ha in ka la le lo ma me na ne no on or pa pe ra re ri ro sa se si so ta te ti to un ve vi wa'.split(
    ' ',
  )

const words = ((): string[] => {
  const random = new Random(20_261_123)
  return Array.from({ length: 4000 }, () =>
    Array.from({ length: random.between(1, 5) }, () => random.pick(syllables)).join(''),
  )
})()

const cjk = '今天天气很好我们去公园散步数据库连接失败请重试模型返回了空的答案用户询问订单状态'

/** Prose of about `length` characters: some of it numbers, paths and Chinese, as agents read and write. */
export function prose(random: Random, length: number): string {
  let text = ''
  while (text.length < length) {
    const kind = random.next()
    if (kind < 0.02) text += `${cjk.slice(random.between(0, 20), random.between(20, 38))} `
    else if (kind < 0.06) text += `src/${word(random)}/${word(random)}.ts:${random.between(1, 900)} `
    else if (kind < 0.1) text += `${random.between(0, 100_000)} `
    else text += `${word(random)}${kind > 0.94 ? '.\n' : ' '}`
  }
  return text
}

/** Frequent words are drawn far more often than rare ones. */
function word(random: Random): string {
  return words[Math.floor(words.length * random.next() ** 3)]!
}
