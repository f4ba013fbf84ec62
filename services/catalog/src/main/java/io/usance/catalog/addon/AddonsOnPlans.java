package io.usance.catalog.addon;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.usance.catalog.document.Entries;
import io.usance.catalog.model.Violation;
import io.usance.catalog.plan.AttachedAddons;
import io.usance.catalog.plan.KnownPlan;
import io.usance.runtime.problem.InvalidParameter;
import io.usance.runtime.problem.ProblemException;
import io.usance.runtime.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tells plans which of their add-ons they cannot be published with, and writes down which they have. */
@ApplicationScoped
class AddonsOnPlans implements AttachedAddons {
    @Inject
    AddonRepository addons;

    @Inject
    PlanAddonRepository planAddons;

    @Inject
    AttachAddon attachAddon;

    @Inject
    ObjectMapper json;

    @Inject
    Clock clock;

    @Override
    public Uni<Map<String, List<Violation>>> violations(String namespace, List<KnownPlan> plans) {
        return attached(namespace, plans)
                .chain(rows -> addons.byIds(namespace, addonIds(rows)).map(known -> violations(plans, rows, known)));
    }

    @Override
    public Uni<List<Violation>> hold(String namespace, KnownPlan plan) {
        List<KnownPlan> plans = List.of(plan);
        return attached(namespace, plans)
                .chain(rows -> addons.holdByIds(namespace, addonIds(rows)).map(known -> violations(plans, rows, known)))
                .map(violations -> violations.getOrDefault(plan.id(), List.of()));
    }

    @Override
    public Uni<Map<String, List<ObjectNode>>> entries(String namespace, List<String> planIds) {
        return planAddons
                .ofPlans(namespace, planIds)
                .chain(rows -> addons.current(namespace, clock.instant()).map(current -> {
                    Map<String, String> keys =
                            current.values().stream().collect(Collectors.toMap(row -> row.id, row -> row.key));
                    return rows.stream()
                            .filter(row -> keys.containsKey(row.addonId))
                            .collect(Collectors.groupingBy(
                                    row -> row.planId,
                                    Collectors.mapping(row -> entry(row, keys.get(row.addonId)), Collectors.toList())));
                }));
    }

    private ObjectNode entry(PlanAddonRow row, String key) {
        ObjectNode entry = Entries.of(json.valueToTree(PlanAddonView.of(row, List.of())));
        entry.putObject("addon").put("key", key);
        return entry;
    }

    @Override
    public Uni<Void> attach(String namespace, String planId, List<ObjectNode> entries) {
        return entries.isEmpty()
                ? Uni.createFrom().voidItem()
                : addons.current(namespace, clock.instant())
                        .chain(current -> Multi.createFrom()
                                .range(0, entries.size())
                                .onItem()
                                .transformToUniAndConcatenate(
                                        place -> attach(namespace, planId, entries.get(place), current)
                                                .onFailure(ProblemException.class)
                                                .transform(problem ->
                                                        ((ProblemException) problem).within("addons[" + place + "]")))
                                .onItem()
                                .ignoreAsUni());
    }

    private Uni<PlanAddonView> attach(
            String namespace, String planId, ObjectNode entry, Map<String, AddonRow> current) {
        String key = entry.at("/addon/key").asText();
        AddonRow addon = current.get(key);
        if (addon == null) {
            return Uni.createFrom()
                    .failure(Problems.invalid(InvalidParameter.body(
                            "addon.key", "missing_reference", "there is no add-on with key " + key)));
        }
        ObjectNode body = entry.deepCopy();
        body.putObject("addon").put("id", addon.id);
        return attachAddon.attach(namespace, planId, json.convertValue(body, CreatePlanAddonRequest.class));
    }

    private Uni<List<PlanAddonRow>> attached(String namespace, List<KnownPlan> plans) {
        return planAddons.ofPlans(namespace, plans.stream().map(KnownPlan::id).toList());
    }

    private static Set<String> addonIds(List<PlanAddonRow> rows) {
        return rows.stream().map(row -> row.addonId).collect(Collectors.toSet());
    }

    private Map<String, List<Violation>> violations(
            List<KnownPlan> plans, List<PlanAddonRow> rows, List<AddonRow> known) {
        Map<String, KnownPlan> plansById = plans.stream().collect(Collectors.toMap(KnownPlan::id, Function.identity()));
        Map<String, AddonRow> addonsById =
                known.stream().collect(Collectors.toMap(addon -> addon.id, Function.identity()));
        Map<String, List<Violation>> violations = new HashMap<>();
        for (PlanAddonRow row : rows) {
            AddonRow addon = addonsById.get(row.addonId);
            List<Violation> ofOne = row.violations(plansById.get(row.planId), addon, clock);
            if (!ofOne.isEmpty()) {
                violations
                        .computeIfAbsent(row.planId, plan -> new ArrayList<>())
                        .add(incompatible(row, addon, ofOne));
            }
        }
        return violations;
    }

    private static Violation incompatible(PlanAddonRow row, AddonRow addon, List<Violation> violations) {
        List<String> codes = violations.stream().map(Violation::code).distinct().toList();
        return new Violation(
                "plan_has_incompatible_addon",
                "%s does not fit, by %s: change the plan, or change or detach the add-on"
                        .formatted(addon.title(), codes),
                "addons",
                Map.of("plan_addon_id", row.id, "addon_id", addon.id, "codes", codes));
    }
}
