/** What became of questions, for whoever counts. Labels are words of our own. */
export interface Measure {
  /** `seconds`: from the asking, which is known to the second, to the verdict in the channel. */
  readonly answered: (answer: { readonly kind: string; readonly verdict: string; readonly seconds: number }) => void;
  readonly failed: (failure: { readonly kind: string; readonly failure: string }) => void;
}
