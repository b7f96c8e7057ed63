import { isRecord, recordsOf, textOf, textsOf } from '../record.ts';
import type { JsonRecord } from '../record.ts';
import { ServiceError } from '../service-error.ts';
import type { Shape } from '../shape.ts';
import { findFilterPaths } from './find-filter-paths.ts';
import { readPath } from './read-path.ts';

/**
 * All filters must hold, each through any of its values; `*` and `?` are wildcards.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Filter.html
 */
export function filterResources(items: readonly JsonRecord[], input: JsonRecord, item: Shape): readonly JsonRecord[] {
  const tests = recordsOf(input['Filters'] ?? input['Filter']).map((filter) => compileFilter(filter, item));
  return items.filter((resource) => tests.every((test) => test(resource)));
}

type Test = (resource: JsonRecord) => boolean;

function compileFilter(filter: JsonRecord, item: Shape): Test {
  const name = textOf(filter['Name']) ?? '';
  const patterns = textsOf(filter['Values']).map(compilePattern);
  if (patterns.length === 0 || patterns.length > 200) {
    throw new ServiceError('InvalidParameterValue', `The filter '${name}' must have between 1 and 200 values`);
  }
  const read = compileReader(name, item);
  return (resource) => read(resource).some((value) => patterns.some((pattern) => pattern.test(String(value))));
}

function compileReader(name: string, item: Shape): (resource: JsonRecord) => readonly unknown[] {
  if (name.startsWith('tag:')) {
    const key = name.slice('tag:'.length);
    return (resource) => tagsOf(resource).flatMap((tag) => (tag['Key'] === key ? [tag['Value']] : []));
  }
  if (name === 'tag-key') {
    return (resource) => tagsOf(resource).map((tag) => tag['Key']);
  }
  const paths = findFilterPaths(name, item);
  if (paths.length === 0) {
    throw new ServiceError('InvalidParameterValue', `The filter '${name}' is invalid`);
  }
  return (resource) => paths.flatMap((path) => readPath(resource, path));
}

/** Interfaces alone call their tags `TagSet`; an instance's stand inside its reservation. */
function tagsOf(resource: JsonRecord): readonly JsonRecord[] {
  return TAG_PATHS.flatMap((path) => readPath(resource, path)).filter(isRecord);
}

const TAG_PATHS = [['Tags'], ['TagSet'], ['Instances', 'Tags']];

function compilePattern(value: string): RegExp {
  const escaped = value.replace(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's');
}
