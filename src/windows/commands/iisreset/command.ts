import { Unanswered } from '../../../base/known.ts';
import { lines } from '../../http-sys/show.ts';
import type { Command } from '../command.ts';

/** `iisreset`: stops and starts IIS. The records are http.sys's own and stay; nothing in the model changes. */
const iisreset: Command = (argv, host) => {
  const verb = argv.find((word) => /^[/-](?:stop|start|status|enable|disable|reboot\w*)$/i.test(word));
  if (verb)
    throw new Unanswered(`what iisreset ${verb} does: the site of the lab is up while \`lab up\` runs`);
  const unknown = argv.find((word) => !/^[/-](?:restart|noforce|timeout:\d+)$/i.test(word));
  if (unknown !== undefined) throw new Unanswered(`what iisreset ${unknown} does: the lab is one server`);
  const text = [
    '',
    'Attempting stop...',
    'Internet services successfully stopped',
    'Attempting start...',
    'Internet services successfully restarted',
  ];
  return { host, exitCode: 0, output: lines(text) };
};

export default iisreset;
