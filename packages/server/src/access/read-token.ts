/** How every key of ours begins. */
export const keyStart = 'tlm_sk_'

/**
 * The credential of a request: one of our keys wherever it stands, else the first foreign one.
 * Spellings: `Authorization: Bearer t`, `Basic base64(public:secret)`, the bare token, `x-api-key`, `api_key`.
 */
export function readToken(headers: Headers): string | undefined {
  const tokens = [
    ...authorizationTokens(headers.get('authorization')),
    headers.get('x-api-key') ?? '',
    headers.get('api_key') ?? '',
  ]
    .map((token) => token.trim())
    .filter((token) => token !== '')
  return tokens.find((token) => token.startsWith(keyStart)) ?? tokens[0]
}

function authorizationTokens(header: string | null): string[] {
  if (header === null) return []
  const [, scheme = '', rest = ''] = /^(\S+)\s+(.*)$/.exec(header.trim()) ?? []
  switch (scheme.toLowerCase()) {
    case 'bearer':
      return [rest]
    case 'basic':
      // The secret is the token. Some clients put it first and leave the second half empty.
      return Buffer.from(rest, 'base64').toString().split(':', 2).toReversed()
    default:
      return [header]
  }
}
