import type { Schannel } from '../host.ts';

/** Where Schannel's switches lie (domain 4.1). */
export const SCHANNEL_KEY = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL';

/** The DWORD values of that key that the model knows, as Windows spells them. */
export const SCHANNEL_VALUES: readonly { readonly name: string; readonly leaf: keyof Schannel }[] = [
  { name: 'SendTrustedIssuerList', leaf: 'sendTrustedIssuerList' },
  { name: 'ClientAuthTrustMode', leaf: 'clientAuthTrustMode' },
  { name: 'EventLogging', leaf: 'eventLogging' },
];
