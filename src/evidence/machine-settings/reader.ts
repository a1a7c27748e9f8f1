import { decodeText, type Line, LineReader } from '../../base/text.ts';
import type { MachineSettingName } from '../claims.ts';
import { lineLocus } from '../line-locus.ts';
import type { EvidenceReader, ReadContext } from '../reader.ts';
import { ClockOffsets } from './clock-offsets.ts';
import { QuotedSchannel } from './quoted-schannel.ts';
import { WindowsVersion } from './windows-version.ts';
import { WinHttpProxy } from './winhttp-proxy.ts';

/** What a setting's text is read by: line for line, and nothing is given before it is sure. */
export interface SettingReader {
  line(line: Line): void;
  end(): void;
}
export type GiveSetting = (name: MachineSettingName, value: string, line: Line) => void;

/** Titles and lines that are alike in every language. */
const MARKS =
  /^.{0,80}WinHTTP.{0,80}[:：][ \t]*\r?$|^[ \t]*pushd winhttp\b|^\d\d:\d\d:\d\d,? .*\bo:[+-]\d|^\d\d:\d\d:\d\d, [+-]\d+[.,]\d+s|^[ \t]*\S.{0,40}offset[ \t]*[:：][ \t]*[+-]?\d+[.,]\d+s|\[V\S{3,8} (?:6|10)\.\d\.\d{4,5}|\bBuild \d{4,5}\b|BuildNumber[ \t]*[:=]|(?:SendTrustedIssuerList|ClientAuthTrustMode|EventLogging)\b["'`*]{0,2}[ \t]*(?:[:=]|is|ist|set to)[ \t]*["'`*]{0,2}\d/im;

/** `netsh winhttp show proxy`, `netsh winhttp dump`, w32tm, `ver`, systeminfo and quoted SCHANNEL values, by shape. */
const reader: EvidenceReader = {
  kind: 'machine-settings',
  title: 'settings of a Windows machine',
  sniff(head) {
    return MARKS.test(decodeText(head)) ? 'likely' : 'no';
  },
  among: MARKS,
  open(context) {
    let given = 0;
    const give: GiveSetting = (name, value, line) => {
      given++;
      context.claim({ says: 'machine-setting', name, value, at: lineLocus(context.source, line) });
    };
    const parts: SettingReader[] = [
      new WinHttpProxy(give),
      new ClockOffsets(give),
      new WindowsVersion((build, line) => {
        given++;
        context.claim({ says: 'build', build, at: lineLocus(context.source, line) });
      }),
      new QuotedSchannel((name, value, line) => {
        given++;
        context.claim({ says: 'schannel-value', name, value, at: lineLocus(context.source, line) });
      }),
    ];
    const lines = new LineReader((line) => {
      for (const part of parts) part.line(line);
    });
    return {
      push: (chunk) => lines.push(chunk),
      end() {
        lines.end();
        for (const part of parts) part.end();
        if (given === 0) noteNothing(context);
      },
    };
  },
};
export default reader;

function noteNothing(context: ReadContext): void {
  const message =
    'no setting in it: give the whole output of netsh winhttp show proxy, of w32tm /query /status /verbose, or of ver';
  context.note({ at: { source: context.source }, message });
}
