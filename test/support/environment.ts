/** The SDK reads the process's own environment, so that is what a test has to change, and to put back. */
export function usingEnvironment(variables: Readonly<Record<string, string>>): { readonly restore: () => void } {
  const before = { ...process.env };
  for (const name of Object.keys(process.env).filter(isTheirs)) delete process.env[name];
  Object.assign(process.env, variables);
  return {
    restore: () => {
      for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
      Object.assign(process.env, before);
    },
  };
}

/** Whose machine this is must not matter to a test. */
export function isTheirs(name: string): boolean {
  return /^(AWS_(?!SDK_JS_)|SLACK_|REDIS_URL$|VPC_WHY_)/.test(name);
}
