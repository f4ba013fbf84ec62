curl -X POST "https://us.api.konghq.com/v3/openmeter/events" \
     --no-progress-meter --fail-with-body  \
     -H "Authorization: Bearer $KONNECT_TOKEN"\
     -H "Content-Type: application/cloudevents+json" \
     --json '{
       "specversion": "1.0",
       "type": "agent_run",
       "id": "3EC7EFD0-5B78-47A4-AE9E-15965675CF95",
       "source": "acme-platform",
       "time": "'$EVENT_TIME'",
       "datacontenttype": "application/json",
       "subject": "acme-inc",
       "data": {
         "agent_name": "summarizer"
       }
     }'
