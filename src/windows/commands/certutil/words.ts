import type { CommandContext } from '../command.ts';

/** German words of a listing, as far as a sample shows them (corpus store-my-de); others stay English. */
const GERMAN: Readonly<Record<string, string>> = {
  Certificate: 'Zertifikat',
  'Serial Number': 'Seriennummer',
  Issuer: 'Aussteller',
  NotBefore: 'Nicht vor',
  NotAfter: 'Nicht nach',
  Subject: 'Antragsteller',
  'Non-root Certificate': 'Kein Stammzertifikat',
  Template: 'Vorlage',
  'Cert Hash': 'Zertifikathash',
  'Key Container': 'Schlüsselcontainer',
  Provider: 'Anbieter',
  'Private key is NOT exportable': 'Der private Schlüssel ist NICHT exportierbar',
  'Encryption test passed': 'Verschlüsselungstest wurde durchgeführt',
};

export function inLanguage({ language }: CommandContext): (word: string) => string {
  return (word) => (language === 'de' ? (GERMAN[word] ?? word) : word);
}
