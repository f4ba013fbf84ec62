package io.usance.subscription.subscription;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.logging.Log;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.usance.contracts.Topics;
import io.usance.contracts.catalog.Plan;
import io.usance.contracts.catalog.PlanPhase;
import io.usance.contracts.catalog.RateCardPrice;
import io.usance.contracts.subscription.Customer;
import io.usance.contracts.subscription.SubscriptionCreated;
import io.usance.kernel.time.BillingAnchor;
import io.usance.kernel.time.Cadence;
import io.usance.runtime.ids.Ids;
import io.usance.runtime.outbox.Outbox;
import io.usance.subscription.customer.CustomerAccounts;
import io.usance.subscription.subscription.PlannedPhase.PlannedItem;
import io.usance.subscription.subscription.model.Term;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Starts a customer's subscription to a plan version, now. */
@Startup // so that its metrics are there before it is first needed
@ApplicationScoped
class StartSubscription {
    @Inject
    CustomerAccounts customers;

    @Inject
    SubscriptionRepository subscriptions;

    @Inject
    Outbox outbox;

    @Inject
    Ids ids;

    @Inject
    Clock clock;

    private final Counter started;

    StartSubscription(MeterRegistry metrics) {
        started = metrics.counter("subscription.subscriptions.started");
    }

    /** Fails with 404 when there is no such customer, and with 409 while another subscription of it is not over. */
    @WithTransaction
    Uni<SubscriptionView> start(String namespace, CreateSubscriptionRequest request, Plan plan) {
        return lock(namespace, request.customer())
                .chain(customer -> begin(namespace, customer, request, plan))
                .call(subscriptions::persist)
                .call(row -> settleCurrency(row, plan))
                .call(row -> outbox.append(
                        Topics.SUBSCRIPTION,
                        namespace,
                        row.id,
                        row.sequence,
                        new SubscriptionCreated(row.toContract())))
                .onFailure(SubscriptionRepository.OPEN)
                .transform(violation -> SubscriptionProblems.onlyOneAtATime())
                .invoke(this::report)
                .map(row -> SubscriptionView.of(row, row.createdAt));
    }

    private Uni<Customer> lock(String namespace, CustomerReference customer) {
        return customer.id() != null
                ? customers.lockById(namespace, customer.id())
                : customers.lockByKey(namespace, customer.key());
    }

    private Uni<SubscriptionRow> begin(
            String namespace, Customer customer, CreateSubscriptionRequest request, Plan plan) {
        return subscriptions.lockLatest(namespace, customer.id()).map(latest -> {
            Instant now = clock.instant();
            SubscriptionRow row = row(request, plan, start(latest, now));
            row.namespace = namespace;
            row.customerId = customer.id();
            row.createdAt = now;
            row.changed(now);
            return row;
        });
    }

    /** The second that has begun, so that an event stamped in it counts, but not before the last subscription's end. */
    private static Instant start(Optional<SubscriptionRow> latest, Instant now) {
        Instant second = now.truncatedTo(ChronoUnit.SECONDS);
        if (latest.isEmpty()) {
            return second;
        }
        Term before = latest.orElseThrow().term();
        if (before.statusAt(now).isLive()) {
            throw SubscriptionProblems.onlyOneAtATime();
        }
        return before.activeTo().isAfter(second) ? before.activeTo() : second;
    }

    private SubscriptionRow row(CreateSubscriptionRequest request, Plan plan, Instant start) {
        Instant anchor =
                Optional.ofNullable(request.billingAnchor()).orElse(start).truncatedTo(ChronoUnit.SECONDS);
        SubscriptionRow row = new SubscriptionRow();
        row.id = ids.next();
        row.planId = plan.id();
        row.planKey = plan.key();
        row.planVersion = plan.version();
        row.name = plan.name();
        row.description = plan.description();
        row.labels = request.labels();
        row.invoiceCurrency = plan.currency();
        row.billingCadence = plan.billingCadence();
        row.billingAnchor = anchor;
        row.proRatingEnabled = plan.proRatingEnabled();
        row.settlementMode = Optional.ofNullable(request.settlementMode()).orElse(plan.settlementMode());
        row.costBasisMode = request.costBasisMode();
        row.activeFrom = start;
        row.phases = phases(plan, start, anchor);
        row.features = plan.features();
        return row;
    }

    private List<PlannedPhase> phases(Plan plan, Instant start, Instant anchor) {
        BillingAnchor billing = new BillingAnchor(anchor, ZoneOffset.UTC, Cadence.parse(plan.billingCadence()));
        List<Cadence> durations = plan.phases().stream()
                .limit(plan.phases().size() - 1L)
                .map(phase -> Cadence.parse(phase.duration()))
                .toList();
        List<Instant> starts = Term.from(start, billing, durations).phaseStarts();
        List<PlannedPhase> phases = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            phases.add(phase(plan.phases().get(i), starts.get(i)));
        }
        return phases;
    }

    private PlannedPhase phase(PlanPhase phase, Instant start) {
        return new PlannedPhase(
                ids.next(),
                phase.key(),
                phase.name(),
                phase.description(),
                phase.labels(),
                start,
                phase.rateCards().stream()
                        .map(rateCard -> new PlannedItem(ids.next(), rateCard))
                        .toList());
    }

    /** The first priced subscription settles what currency the customer pays in; free ones ask for no money. */
    private Uni<Void> settleCurrency(SubscriptionRow row, Plan plan) {
        return isPriced(plan)
                ? customers.fixCurrency(row.namespace, row.customerId, row.invoiceCurrency)
                : Uni.createFrom().voidItem();
    }

    private static boolean isPriced(Plan plan) {
        return plan.phases().stream()
                .flatMap(phase -> phase.rateCards().stream())
                .anyMatch(rateCard -> rateCard.price() != null && !(rateCard.price() instanceof RateCardPrice.Free));
    }

    private void report(SubscriptionRow row) {
        Log.infof(
                "subscription started namespace=%s subscription=%s customer=%s plan=%s version=%d",
                row.namespace, row.id, row.customerId, row.planKey, row.planVersion);
        started.increment();
    }
}
