curl -X POST "https://us.api.konghq.com/v3/openmeter/events" \
     --no-progress-meter --fail-with-body  \
     -H "Authorization: Bearer $KONNECT_TOKEN"\
     -H "Content-Type: application/cloudevents+json" \
     --json '{
       "specversion": "1.0",
       "type": "agent_run",
       "id": "48FC220C-C124-4B73-B378-7DC5CF88DD1A",
       "source": "acme-platform",
       "time": "'$EVENT_TIME'",
       "datacontenttype": "application/json",
       "subject": "acme-inc",
       "data": {
         "agent_name": "translator"
       }
     }'
