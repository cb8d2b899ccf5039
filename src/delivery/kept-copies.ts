/** House: how many times the bytes of an accepted file are written: the content itself, and its parts, about as long. */
export const KEPT_COPIES = 2
