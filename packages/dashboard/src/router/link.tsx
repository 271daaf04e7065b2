import type { ComponentProps, MouseEvent } from 'react'
import { navigate } from './place.ts'

/** A link to a place of the dashboard: a plain click does not load a page, anything else is the browser's. */
export function Link({ onClick, href, children, ...rest }: ComponentProps<'a'> & { href: string }) {
  function follow(event: MouseEvent<HTMLAnchorElement>) {
    onClick?.(event)
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
    if (event.defaultPrevented || !isPlain) return
    event.preventDefault()
    navigate(href)
  }
  return (
    <a href={href} onClick={follow} {...rest}>
      {children}
    </a>
  )
}
