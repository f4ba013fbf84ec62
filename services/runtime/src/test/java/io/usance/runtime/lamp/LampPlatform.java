package io.usance.runtime.lamp;

import io.usance.testkit.Platform;
import io.usance.testkit.PlatformResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/** The platform with topics for lamps, and a {@link Cable} to its Postgres. */
public class LampPlatform extends PlatformResource {
    private static final int PARTITIONS = 4;

    private static Cable cable;

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = super.start();
        settings.put("usance.postgres.address", cable().address());
        return settings;
    }

    /** The way to Postgres of the service under test, and of nobody else. */
    public static synchronized Cable cable() {
        if (cable == null) {
            createTopics();
            cable = new Cable(Platform.get().postgres().port());
        }
        return cable;
    }

    private static void createTopics() {
        String bootstrap = Platform.get().kafka().bootstrap();
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
            admin.createTopics(List.of(
                            new NewTopic(Lamps.TOPIC, Optional.of(PARTITIONS), Optional.empty()),
                            new NewTopic(Lamps.TOPIC + ".dlq", Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        } catch (ExecutionException failure) {
            throw new IllegalStateException("no topics", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
