/** The stack that the tests run against; they make their own data with the token of its first start. */
export const URL_BASE = process.env.USANCE_URL ?? 'http://localhost:8888';

export function token(): string {
  const given = process.env.USANCE_TOKEN;
  if (!given) {
    throw new Error('USANCE_TOKEN is not set: say the access token that make up has printed');
  }
  return given;
}

/** Calls the public API, and fails with its words. */
export async function api<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(`${URL_BASE}/v3/openmeter${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${token()}`,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${method} ${path} was answered with ${response.status}: ${text}`);
  }
  return (text ? JSON.parse(text) : undefined) as Answer;
}

export async function send(...events: Record<string, unknown>[]): Promise<void> {
  const response = await fetch(`${URL_BASE}/v3/openmeter/events`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${token()}`,
      'Content-Type': 'application/cloudevents-batch+json',
    },
    body: JSON.stringify(
      events.map((event) => ({
        specversion: '1.0',
        id: crypto.randomUUID(),
        source: 'browser-tests',
        subject: 'nobody',
        ...event,
      })),
    ),
  });
  if (response.status !== 202) {
    throw new Error(`the events were answered with ${response.status}: ${await response.text()}`);
  }
}

/** Something that no other test has: `agent_runs` is `agent_runs_k3x9a`. */
export function own(name: string): string {
  return `${name}_${Math.random().toString(36).slice(2, 8)}`;
}
