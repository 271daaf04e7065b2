import type { MediaPart } from '@tracellm/core'
import { formatBytes } from '@tracellm/core/format'
import { LongText } from './long-text.tsx'
import './media-view.css'

/** Pictures and sounds that browsers can show; anything else would have to be a document of its own. */
const shownTypes = /^(?:image\/(?:png|jpeg|gif|webp|avif|bmp)|audio\/(?:mpeg|mp3|wav|x-wav|ogg|webm|mp4|aac|flac))$/

/**
 * A picture, a sound or a file inside a message. What was sent along is shown; what lies elsewhere is a link, since this
 * page loads nothing from anywhere.
 */
export function MediaView({ media }: { media: MediaPart }) {
  const { modality, mime, data, uri, fileId, name, transcript } = media
  // Data that was cut ends in an ellipsis, which base64 does not know.
  const isWhole = data !== undefined && !data.endsWith('…')
  const facts = [name, mime, isWhole ? formatBytes(data.length * 0.75) : undefined]
  return (
    <div className="media-view">
      <p>
        <b>{modality}</b> <span className="faint">{facts.filter((fact) => fact !== undefined).join(' · ')}</span>
      </p>
      {uri !== undefined && <Address uri={uri} />}
      {fileId !== undefined && <p className="dim">file {fileId}, kept by the provider</p>}
      {isWhole && mime !== undefined && shownTypes.test(mime) && (
        <Shown source={`data:${mime};base64,${data}`} alt={name ?? modality} />
      )}
      {transcript !== undefined && <LongText text={transcript} />}
    </div>
  )
}

function Shown({ source, alt }: { source: string; alt: string }) {
  if (source.startsWith('data:image/')) return <img src={source} alt={alt} />
  // oxlint-disable-next-line jsx-a11y/media-has-caption -- what is known of its words stands below it
  return <audio src={source} controls />
}

/** A link for what a browser opens as a page; anything else is text. */
function Address({ uri }: { uri: string }) {
  if (!/^https?:\/\//i.test(uri)) return <LongText text={uri} isCode />
  return (
    <p>
      <a className="link" href={uri} target="_blank" rel="noreferrer noopener">
        {uri}
      </a>
    </p>
  )
}
