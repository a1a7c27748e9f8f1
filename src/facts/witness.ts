import type { Locus } from '../base/locus.ts';
import type { Picture } from '../picture/picture.ts';
import type { HypothesisId } from '../windows/hypotheses.ts';
import type { Subject } from './question.ts';

/** How something that was seen contradicts the model under the subject's variants. */
export interface Contradiction {
  /** One sentence: what was seen, and what the model would have shown. */
  readonly why: string;
  readonly because: readonly Locus[];
}

/**
 * Compares what the model predicts with what was seen. It knows which hypothesis it can speak to, the engine
 * knows which variant the subject stands under. Null: nothing seen, or no contradiction.
 */
export interface Witness {
  readonly hypothesis: HypothesisId;
  /** What is compared: 'the issuer list on the wire'. */
  readonly title: string;
  /** False: nothing was seen that it could compare. */
  hasSeen?(picture: Picture): boolean;
  /** May throw Unanswered: then it has nothing to say. */
  contradicts(subject: Subject): Contradiction | null;
}
