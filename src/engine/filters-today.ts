import type { FilterAnswers } from './decision-table/situation.ts';
import type { FiltersToday } from './finding.ts';

/** What a finding keeps of the filters' answers: enough to tell which of them would have let the packet through. */
export function filtersToday({ sg, acl, aclConsulted }: FilterAnswers): FiltersToday {
  return { securityGroups: sg, networkAcl: aclConsulted ? acl : 'not-consulted' };
}
