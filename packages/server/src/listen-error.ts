import { TraceLLMError } from '@tracellm/core'

/** Why an address and a port cannot be listened on, in our words; what nobody expected as it is. */
export function listenError(error: NodeJS.ErrnoException, address: string, port: number): Error {
  const where = address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
  switch (error.code) {
    case 'EADDRINUSE':
      return new TraceLLMError('TL_PORT_TAKEN', `another program listens on ${where}`, { cause: error })
    case 'EACCES':
      return new TraceLLMError('TL_PORT_FORBIDDEN', forbidden(where, port), { cause: error })
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new TraceLLMError('TL_BAD_SETTING', `${address} is no address of this machine`, { cause: error })
    default:
      return error
  }
}

function forbidden(where: string, port: number): string {
  const why = port < 1024 ? ': ports below 1024 are for the system' : ''
  return `this user may not listen on ${where}${why}`
}
