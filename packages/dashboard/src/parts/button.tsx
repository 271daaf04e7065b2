import type { ComponentProps, ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'
import './button.css'

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'type'> {
  /** `main` is what one came for, `bare` has no frame until the pointer is there (plain). */
  readonly look?: 'main' | 'plain' | 'bare'
  readonly icon?: IconName
  readonly children?: ReactNode
}

/** Something one presses. With an icon and no words it is square, and needs an `aria-label`. */
export function Button({ look = 'plain', icon, className = '', children, ...rest }: ButtonProps) {
  const square = children === undefined ? 'square' : ''
  return (
    <button type="button" className={`button ${look} ${square} ${className}`.trimEnd()} {...rest}>
      {icon !== undefined && <Icon name={icon} />}
      {children}
    </button>
  )
}
