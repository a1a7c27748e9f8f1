/** The syntax tree of the part of PowerShell that the lab speaks. */

export type Expression =
  | { readonly is: 'value'; readonly value: null | boolean | number | string }
  /** "…$name…": parts that are put together. */
  | { readonly is: 'expand'; readonly parts: readonly Expression[] }
  | { readonly is: 'variable'; readonly name: string }
  | {
      readonly is: 'member';
      readonly of: Expression;
      readonly name: string;
      readonly args?: readonly Expression[];
    }
  | { readonly is: 'index'; readonly of: Expression; readonly at: Expression }
  | { readonly is: 'not'; readonly of: Expression }
  | {
      readonly is: 'binary';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly is: 'list'; readonly items: readonly Expression[] }
  | { readonly is: 'pipelines'; readonly statements: readonly Statement[] }
  | { readonly is: 'block'; readonly text: string };

export type Argument =
  | { readonly is: 'parameter'; readonly name: string; readonly value?: Expression }
  | { readonly is: 'positional'; readonly value: Expression };

export type Stage =
  | {
      readonly is: 'command';
      readonly name: string;
      readonly args: readonly Argument[];
      readonly text: string;
    }
  | { readonly is: 'expression'; readonly value: Expression };

export interface Statement {
  /** Lower case; the variable that gets what comes out. */
  readonly assign?: string;
  readonly stages: readonly Stage[];
}

/** The text is none of what the lab reads: where, and what stands there. */
export class Unparsed extends Error {}
