/** The packet that the bytes in hand came in. One object serves all; what outlives a call is copied. */
export interface Moment {
  /** Milliseconds since 1970 UTC; null where the capture tells no time. */
  time: number | null;
  /** Place of the packet's data in the file, and of its end. */
  place: number;
  placeEnd: number;
}

export const copyOfMoment = ({ time, place, placeEnd }: Moment): Moment => ({ time, place, placeEnd });
