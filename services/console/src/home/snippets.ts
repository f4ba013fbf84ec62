import type { Schemas } from '../api/client';

/** What the snippets send: an event that the meter counts, of the customer if there is one. */
export interface Example {
  type: string;
  subject: string;
  data: Record<string, string | number>;
}

/** An event with everything that the meter looks for. */
export function exampleFor(meter: Schemas['Meter'] | undefined, customerKey: string | undefined): Example {
  const data: Record<string, string | number> = {};
  const put = (path: string, value: string | number) => {
    const name = path.match(/^\$\.([A-Za-z_][\w]*)$/)?.[1];
    if (name) {
      data[name] = value;
    }
  };
  Object.entries(meter?.dimensions ?? { agent_name: '$.agent_name' }).forEach(([name, path]) =>
    put(path, name === 'agent_name' ? 'summarizer' : 'example'),
  );
  if (meter?.value_property) {
    put(meter.value_property, 1);
  }
  return { type: meter?.event_type ?? 'agent_run', subject: customerKey ?? 'acme-inc', data };
}

export type Language = 'curl' | 'JavaScript' | 'Java' | 'Python';

export const LANGUAGES: Language[] = ['curl', 'JavaScript', 'Java', 'Python'];

/** A program that sends one event; the access token is in `USANCE_TOKEN`. Each needs nothing but its language. */
export function snippet(language: Language, origin: string, { type, subject, data }: Example): string {
  const url = `${origin}/v3/openmeter/events`;
  const json = JSON.stringify(data);
  switch (language) {
    case 'curl':
      return `curl -X POST ${url} \\
  -H "Authorization: Bearer $USANCE_TOKEN" \\
  -H "Content-Type: application/cloudevents+json" \\
  -d '{"specversion": "1.0", "id": "'$(date +%s%N)'", "source": "my-first-producer",
       "type": "${type}", "subject": "${subject}", "data": ${json}}'`;
    case 'JavaScript':
      return `const response = await fetch('${url}', {
  method: 'POST',
  headers: {
    Authorization: \`Bearer \${process.env.USANCE_TOKEN}\`,
    'Content-Type': 'application/cloudevents+json',
  },
  body: JSON.stringify({
    specversion: '1.0',
    id: crypto.randomUUID(),
    source: 'my-first-producer',
    type: '${type}',
    subject: '${subject}',
    data: ${json},
  }),
});
console.log(response.status); // 202: it is on disk`;
    case 'Java':
      return `import java.net.URI;
import java.net.http.*;
import java.util.UUID;

void main() throws Exception {
    var event = """
            {"specversion": "1.0", "id": "%s", "source": "my-first-producer",
             "type": "${type}", "subject": "${subject}", "data": ${json}}
            """.formatted(UUID.randomUUID());
    var request = HttpRequest.newBuilder(URI.create("${url}"))
            .header("Authorization", "Bearer " + System.getenv("USANCE_TOKEN"))
            .header("Content-Type", "application/cloudevents+json")
            .POST(HttpRequest.BodyPublishers.ofString(event))
            .build();
    var response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
    System.out.println(response.statusCode()); // 202: it is on disk
}`;
    case 'Python':
      return `import json, os, urllib.request, uuid

event = {
    "specversion": "1.0",
    "id": str(uuid.uuid4()),
    "source": "my-first-producer",
    "type": "${type}",
    "subject": "${subject}",
    "data": ${json},
}
request = urllib.request.Request(
    "${url}",
    data=json.dumps(event).encode(),
    headers={
        "Authorization": "Bearer " + os.environ["USANCE_TOKEN"],
        "Content-Type": "application/cloudevents+json",
    },
)
print(urllib.request.urlopen(request).status)  # 202: it is on disk`;
  }
}
