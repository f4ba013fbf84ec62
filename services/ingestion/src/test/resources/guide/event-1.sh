curl -X POST "https://us.api.konghq.com/v3/openmeter/events" \
     --no-progress-meter --fail-with-body  \
     -H "Authorization: Bearer $KONNECT_TOKEN"\
     -H "Content-Type: application/cloudevents+json" \
     --json '{
       "specversion": "1.0",
       "type": "agent_run",
       "id": "8655CDD7-0775-4AEA-AF8C-89C47EBC8828",
       "source": "acme-platform",
       "time": "'$EVENT_TIME'",
       "datacontenttype": "application/json",
       "subject": "acme-inc",
       "data": {
         "agent_name": "summarizer"
       }
     }'
