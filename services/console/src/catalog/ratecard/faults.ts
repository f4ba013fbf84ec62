import { asProblem, fieldPath, type Fault } from '../../api/problem';
import { FAULT_FIELDS } from './form';

/**
 * The faults of an answer, told apart: those of one rate card by field of the wizard, and all others.
 *
 * @param prefix where the rate card is in the request, such as `rate_card` or `phases.0.rate_cards.2`
 */
export function rateCardFaults(
  failure: unknown,
  prefix: string,
): { fields: Record<string, string>; others: Fault[] } {
  const fields: Record<string, string> = {};
  const others: Fault[] = [];
  for (const fault of asProblem(failure).faults) {
    const path = fieldPath(fault.field);
    const inner = path.startsWith(`${prefix}.`) ? path.slice(prefix.length + 1) : undefined;
    const field = inner === undefined ? undefined : formField(inner);
    if (field) {
      fields[field] = fields[field] ? `${fields[field]}; ${fault.reason}` : fault.reason;
    } else {
      others.push(fault);
    }
  }
  return { fields, others };
}

function formField(path: string): string | undefined {
  for (const [pattern, name] of FAULT_FIELDS) {
    const match = path.match(pattern);
    if (match) {
      return name(match);
    }
  }
  return undefined;
}
