/** A diagnosis's sentence is filled from the facts of a finding as every message is. */
export { factsWanted, fillSentence } from '../base/message.ts';
