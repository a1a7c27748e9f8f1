/** Distinguished names (RFC 5280 4.1.2.4), kept byte for byte: clients compare the DER. */

export interface Attribute {
  /** Dotted OID of the attribute type. */
  readonly type: string;
  /** ASN.1 tag of the string: 0x13 PrintableString, 0x0c UTF8String, 0x16 IA5String, 0x1e BMPString … */
  readonly tag: number;
  readonly value: string;
  /** The value's DER, tag and length included. */
  readonly der: Uint8Array;
}

export interface Name {
  /** The whole SEQUENCE. */
  readonly der: Uint8Array;
  /** Relative distinguished names in wire order. Empty, with `broken` set, when the DER cannot be read. */
  readonly rdns: readonly (readonly Attribute[])[];
  readonly broken?: string;
}
