import type { Role, Took, TookValue } from '../../explain/reading.ts';
import { assertNever } from '../../lang/exhaustive.ts';
import type { Candidate } from './candidate.ts';
import type { EndToken } from './token.ts';

/** What went into the command, and where it stands in the text. */
export function tookOf(candidate: Candidate, isPath: boolean): readonly Took[] {
  const { source, destination, named, port, protocol, window } = candidate;
  return [
    ...(candidate.isFlowLogLine
      ? [said({ kind: 'flow-log-line' }, { words: '', ...aboveOf(named ?? destination) })]
      : []),
    ...(source === undefined ? [] : [tookEnd(source, 'source')]),
    ...(destination === undefined ? [] : [tookEnd(destination, 'destination')]),
    ...(named === undefined ? [] : [tookEnd(named, undefined)]),
    ...(port === undefined ? [] : [said({ kind: 'port', port: port.value, ...serviceOf(port) }, port)]),
    ...(protocol === undefined ? [] : [said({ kind: 'protocol', protocol: protocol.value }, protocol)]),
    ...(window === undefined || isPath ? [] : [said({ kind: 'window', window: window.value }, window)]),
  ];
}

function serviceOf({ service }: NonNullable<Candidate['port']>): { readonly service?: string } {
  return service === undefined ? {} : { service };
}

type SaidSo = { readonly words: string; readonly isAbove?: true };

function aboveOf(token: EndToken | undefined): { readonly isAbove?: true } {
  return token?.isAbove ? { isAbove: true } : {};
}

function said(value: TookValue, { words, isAbove }: SaidSo): Took {
  return { ...value, words, ...(isAbove && { isAbove }) };
}

function tookEnd(token: EndToken, role: Role | undefined): Took {
  return said({ ...valueOf(token), ...(role !== undefined && { role }) }, token);
}

function valueOf({ end }: EndToken): TookValue {
  switch (end.kind) {
    case 'host':
      return { kind: 'host-name', name: end.name };
    case 'interface':
      return { kind: 'network-interface', id: end.id };
    case 'instance':
      return { kind: 'instance', id: end.id };
    case 'address':
      return { kind: 'address', address: end.address };
    case 'internet':
      return { kind: 'elsewhere', name: 'internet' };
    case 'named-service':
      return { kind: 'elsewhere', name: end.name };
    default:
      return assertNever(end);
  }
}
