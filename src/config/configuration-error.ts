/** A mistake in the configuration that its author can mend: where, and what was expected. */
export interface ConfigurationProblem {
  /** `vpc-why.yaml:12`, or the name of an environment variable. */
  readonly where: string;
  /** `aws.accounts.0.externalId`; empty for the file as a whole. */
  readonly key: string;
  readonly expected: string;
}

export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly problems: readonly ConfigurationProblem[];

  constructor(problems: readonly ConfigurationProblem[], options?: ErrorOptions) {
    super(
      problems
        .map(({ where, key, expected }) => [where, key, expected].filter((part) => part !== '').join(': '))
        .join('\n'),
      options,
    );
    this.problems = problems;
  }
}
