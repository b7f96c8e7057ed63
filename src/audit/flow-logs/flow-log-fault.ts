/** Faults of flow-log coverage. */
export type FlowLogFault = { readonly family: 'flow-logs'; readonly kind: 'interface-not-covered' };
