/** A value while it is being built, by the one who builds it: its members may still be set. */
export type Writable<T> = { -readonly [Name in keyof T]: T[Name] };
