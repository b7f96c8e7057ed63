import { Configuration } from './configuration.ts';
import { parseYaml } from './parse-yaml.ts';

/** Reads the YAML text of a configuration file. Throws `ConfigurationError` that names each line and what was expected. */
export function parseConfiguration(text: string, file: string): Configuration {
  return parseYaml({ text, file }, Configuration);
}
