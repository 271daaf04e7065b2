/**
 * How long the short texts of a trace get: all that stands in rows of lists, in live events, skeletons, facets and
 * dictionaries, many times over. They are part of the data model, as the lengths of ids are, and no setting changes them.
 *
 * Whoever takes spans in cuts to these, and refuses nothing for it: what was cut is whole among the attributes of its
 * span. Characters are code points, an ellipsis counted. Long texts (messages, inputs, outputs, attributes) are bodies,
 * which are bounded by the size of a request alone.
 */

/**
 * Names of spans, traces, tools, agents, models, providers, services and environments, of events, scopes and prompt
 * templates; ids of sessions and users; keys of metadata and attributes.
 */
export const maxNameCharacters = 200

export const maxTagCharacters = 100

/** Of a span, and of a trace, which has those of all its spans: the first that are said, the root before the others. */
export const maxTags = 50

/** Likewise. */
export const maxMetadataKeys = 200

/** A value as it stands, if a text, else its JSON. */
export const maxMetadataCharacters = 4096

/** The models that a trace lists, by first use. Its figures are those of all its calls. */
export const maxModels = 20
