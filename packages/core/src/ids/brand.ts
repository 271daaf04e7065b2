declare const brand: unique symbol

/** A primitive that carries its meaning in the type: a `TraceId` is a string, but not every string is a `TraceId`. */
export type Brand<Value, Name extends string> = Value & { readonly [brand]: Name }
