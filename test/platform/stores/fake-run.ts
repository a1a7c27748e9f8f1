import type { Ran, Run } from '../../../src/platform/stores/user-certificate.ts';

/** Answers by the whole command line, recorded once; a command that nobody recorded fails the test. */
export function recorded(answers: Readonly<Record<string, Partial<Ran> | string>>): Run {
  return async (argv) => {
    const answer = answers[argv.join(' ')];
    if (answer === undefined) throw new Error(`not recorded: ${argv.join(' ')}`);
    return { exitCode: 0, output: '', ...(typeof answer === 'string' ? { output: answer } : answer) };
  };
}
