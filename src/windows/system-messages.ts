/**
 * What FormatMessage says of the codes that the modelled programs print, English. Of any other code the model has
 * no text of Windows; codes/ explains it in our own words.
 */
export const SYSTEM_MESSAGES: Readonly<Record<number, string>> = {
  2: 'The system cannot find the file specified.',
  5: 'Access is denied.',
  13: 'The data is invalid.',
  50: 'The request is not supported.',
  87: 'The parameter is incorrect.',
  183: 'Cannot create a file when that file already exists.',
  1312: 'A specified logon session does not exist. It may already have been terminated.',
  2148081668: 'Cannot find object or property.',
  2148204801:
    'A required certificate is not within its validity period when verifying against the current system clock or the timestamp in the signed file.',
  2148204809:
    'A certificate chain processed, but terminated in a root certificate which is not trusted by the trust provider.',
  2148204810: 'A certificate chain could not be built to a trusted root authority.',
};

/** A Win32 code by itself or wrapped into an HRESULT (0x8007xxxx) has one text. */
export function systemMessage(code: number): string | undefined {
  const low = code >>> 16 === 0x8007 ? code & 0xffff : code;
  return SYSTEM_MESSAGES[low];
}
