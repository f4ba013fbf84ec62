package io.usance.runtime.lamp;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.usance.runtime.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.LockModeType;
import org.hibernate.reactive.mutiny.Mutiny;

/** Use cases like those of a service: they change a row and say so. */
@ApplicationScoped
public class Lamps {
    public static final String TOPIC = "lamps";

    @Inject
    Outbox outbox;

    /** Gives a lamp another color; a lamp that is not there yet is put up. */
    @WithTransaction
    public Uni<Void> recolor(String namespace, String id, String color) {
        return Panache.getSession()
                .chain(session -> change(session, namespace, id, color))
                .chain(lamp -> outbox.append(TOPIC, namespace, id, lamp.version, new LampRecolored(color)));
    }

    /** Says that the lamp has another color, and then something goes wrong. */
    @WithTransaction
    public Uni<Void> recolorInVain(String namespace, String id, String color) {
        return recolor(namespace, id, color)
                .chain(() -> Uni.createFrom().failure(new IllegalStateException("in vain")));
    }

    /** Says so without a transaction in which it happens. */
    public Uni<Void> recolorUnsafely(String namespace, String id, String color) {
        return Panache.withSession(() -> outbox.append(TOPIC, namespace, id, 1, new LampRecolored(color)));
    }

    private static Uni<LampRow> change(Mutiny.Session session, String namespace, String id, String color) {
        return session.find(LampRow.class, new LampRow.Key(namespace, id), LockModeType.PESSIMISTIC_WRITE)
                .chain(found -> found == null
                        ? putUp(session, namespace, id)
                        : Uni.createFrom().item(found))
                .invoke(lamp -> {
                    lamp.color = color;
                    lamp.version++;
                });
    }

    private static Uni<LampRow> putUp(Mutiny.Session session, String namespace, String id) {
        LampRow lamp = new LampRow();
        lamp.namespace = namespace;
        lamp.id = id;
        lamp.color = "none";
        return session.persist(lamp).replaceWith(lamp);
    }
}
