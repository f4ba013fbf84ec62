/** One fault of a request: which field, and why. */
export interface Fault {
  field: string;
  reason: string;
}

interface Problem {
  status?: number;
  title?: string;
  detail?: string;
  instance?: string;
  invalid_parameters?: { field: string; reason: string }[];
  extensions?: { validationErrors?: { field?: string; message: string }[] };
}

/** An answer of the API that is not a success, in the words of the API. */
export class ProblemError extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    /** What an operator finds in the logs. */
    readonly request: string | undefined,
    readonly faults: Fault[],
  ) {
    super(detail);
    this.name = 'ProblemError';
  }

  static async of(response: Response): Promise<ProblemError> {
    const body = (await response.json().catch(() => ({}))) as Problem;
    return new ProblemError(
      response.status,
      body.title ?? 'Unexpected answer',
      body.detail ?? `The server answered with status ${response.status}.`,
      body.instance?.replace('urn:request:', ''),
      [
        ...(body.invalid_parameters ?? []).map(({ field, reason }) => ({ field, reason })),
        ...(body.extensions?.validationErrors ?? []).map(({ field, message }) => ({
          field: field ?? '',
          reason: message,
        })),
      ],
    );
  }

  /** Nothing answered at all. */
  static unreachable(): ProblemError {
    return new ProblemError(
      0,
      'Not reachable',
      'Usance does not answer. Check the network and that it is running; then try again.',
      undefined,
      [],
    );
  }
}

/** Any failure as a problem; one that is none is a bug of ours, and says so. */
export function asProblem(failure: unknown): ProblemError {
  if (failure instanceof ProblemError) {
    return failure;
  }
  const message = failure instanceof Error ? failure.message : String(failure);
  return new ProblemError(0, 'A fault of the console', message, undefined, []);
}

/** `$.phases[0].rate_cards[1].price` is `phases.0.rate_cards.1.price`, the way forms name their fields. */
export function fieldPath(field: string): string {
  return field
    .replace(/^\$\.?/, '')
    .replaceAll(/\[['"]?([^\]'"]+)['"]?\]/g, '.$1')
    .replace(/^\./, '');
}

/**
 * The faults of a problem by the field of a form: what a form has no field for is not in it and belongs above the form.
 *
 * @param fields the form's fields; a fault below one of them, such as `tiers.0`, is that field's
 * @param prefix where in the request the form's fields are, such as `rate_card`
 */
export function faultsByField(failure: unknown, fields: string[], prefix = ''): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { field, reason } of asProblem(failure).faults) {
    const path = fieldPath(field);
    const inner = prefix && path.startsWith(`${prefix}.`) ? path.slice(prefix.length + 1) : path;
    const owner = fields.find((name) => inner === name || inner.startsWith(`${name}.`));
    if (owner) {
      found[owner] = found[owner] ? `${found[owner]}; ${reason}` : reason;
    }
  }
  return found;
}

/** Whether asking again may help: the network, an overload, a restart. Never a refusal. */
export function worthRetrying(failures: number, failure: unknown): boolean {
  const { status } = asProblem(failure);
  return failures < 2 && (status === 503 || status === 429);
}
