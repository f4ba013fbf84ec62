#!/bin/sh
# The first user's guide against a system that runs: a meter, a feature, a plan, a customer, three events, and an invoice that
# counts three. Needs USANCE (http://host:port), USANCE_TOKEN, and curl. May be repeated: every run makes its own.
set -eu
mark=$(date +%s)
work=$(mktemp -d)

# method path body [content type]: prints the answer; fails with it where it is a problem.
ask() {
    curl -sS --fail-with-body --max-time 20 -o "$work/answer" -X "$1" "$USANCE/v3/openmeter/$2" \
        -H "Authorization: Bearer $USANCE_TOKEN" -H "Content-Type: ${4:-application/json}" ${3:+-d "$3"} ||
        { cat "$work/answer" >&2; exit 1; }
    cat "$work/answer"
}

# The first id of an answer is that of the object itself.
id() {
    grep -oE '"id": ?"[0-9A-Z]{26}"' | head -n 1 | cut -d '"' -f 4
}

until ask GET meters >/dev/null 2>&1; do
    waited=$((${waited:-0} + 1))
    [ "$waited" -lt 60 ] || { echo "Nobody lets us in at $USANCE:"; ask GET meters; exit 1; }
    sleep 2
done

meter=$(ask POST meters '{"name": "Agent Runs", "key": "agent_runs_'"$mark"'", "aggregation": "count",
    "event_type": "agent_run_'"$mark"'", "dimensions": {"agent_name": "$.agent_name"}}' | id)
echo "meter         $meter"
feature=$(ask POST features '{"name": "Agent Runs", "key": "agent_runs_'"$mark"'", "meter": {"id": "'"$meter"'"}}' | id)
echo "feature       $feature"
plan=$(ask POST plans '{"name": "Premium Plan", "key": "premium_plan_'"$mark"'", "currency": "USD", "billing_cadence": "P1M",
    "phases": [{"name": "Default", "key": "default", "rate_cards": [{"name": "Agent Runs", "key": "agent_runs_'"$mark"'",
    "feature": {"id": "'"$feature"'"}, "billing_cadence": "P1M", "price": {"type": "unit", "amount": "1"},
    "entitlement": {"type": "boolean"}}]}]}' | id)
ask POST "plans/$plan/publish" >/dev/null
echo "plan          $plan"
customer=$(ask POST customers '{"name": "Acme Inc", "key": "acme-inc-'"$mark"'"}' | id)
echo "customer      $customer"
subscription=$(ask POST subscriptions '{"customer": {"id": "'"$customer"'"}, "plan": {"id": "'"$plan"'"}}' | id)
echo "subscription  $subscription"
# An event of the very second in which the subscription began would lie before it.
sleep 1
# The last is sent twice, as a producer does that heard no answer.
for number in 1 2 3 3; do
    ask POST events '{"specversion": "1.0", "type": "agent_run_'"$mark"'", "id": "'"$mark-$number"'", "source": "guide",
        "subject": "acme-inc-'"$mark"'", "data": {"agent_name": "summarizer"}}' application/cloudevents+json
done
echo "events        three, and one of them again"
for try in 1 2 3 4 5 6 7 8 9 10; do
    sleep 1
    ask GET "customers/$customer/billing/invoice-preview" >"$work/preview"
    if grep -qE '"invoiced_quantity": ?"3"' "$work/preview" && grep -qE '"total": ?"3.00"' "$work/preview"; then
        echo "invoice       3 x 1 = 3.00, after $try s"
        exit 0
    fi
done
echo "The invoice does not say 3 x 1 = 3.00:" >&2
cat "$work/preview" >&2
exit 1
