/** The address of a port on a host, as this machine reaches it. */
export function localUrl(host: string, port: number): string {
  return `http://${bracketed(reachableHost(host))}:${port}`
}

/** Every address cannot be called; loopback is among them. */
function reachableHost(host: string): string {
  switch (host) {
    case 'localhost':
    case '0.0.0.0':
    case '::1':
      return '127.0.0.1'
    case '::':
      return '::1'
    default:
      return host
  }
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}
