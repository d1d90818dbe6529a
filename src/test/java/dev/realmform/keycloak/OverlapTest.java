package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.json.Json;
import dev.realmform.keycloak.admin.Admin;
import dev.realmform.keycloak.admin.Method;
import dev.realmform.keycloak.admin.Request;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Origin;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.Outcome;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Which requests to one path are under way at once. */
class OverlapTest {

    private final FakeAdmin server = new FakeAdmin();

    /** What happens while a request is under way. */
    private interface Meanwhile {
        void on(Method method) throws Exception;
    }

    @Test
    void newObjectsOfOneCollectionAreMadeAtOnce() throws Exception {
        server.creates("POST /retail/clients", "7");
        CyclicBarrier both = new CyclicBarrier(2);
        Admin meeting = during(method -> {
            if (method == Method.POST) {
                both.await(20, TimeUnit.SECONDS);
            }
        });

        assertThat(writeBoth(meeting, client("pay"), client("ship"))).allMatch(Outcome.Done.class::isInstance);
    }

    @Test
    void changesOfOneObjectWaitForEachOther() throws Exception {
        server.answers("GET /retail", 200, "{\"id\": \"1\", \"attributes\": {\"own\": \"1\"}}")
                .answers("PUT /retail", 204, "");
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Admin counting = during(method -> {
            if (method == Method.PUT) {
                most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                Thread.sleep(100);
                underWay.decrementAndGet();
            }
        });

        assertThat(writeBoth(counting, realm("2"), realm("3"))).allMatch(Outcome.Done.class::isInstance);
        assertThat(most).hasValue(1);
    }

    private List<Outcome> writeBoth(Admin admin, Change one, Change other) throws Exception {
        try (KeycloakProvider provider = new KeycloakProvider(admin);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<Outcome>> first = threads.submit(() -> provider.write(List.of(one)));
            Future<List<Outcome>> second = threads.submit(() -> provider.write(List.of(other)));
            return List.of(first.get().getFirst(), second.get().getFirst());
        }
    }

    private Admin during(Meanwhile meanwhile) {
        return (Admin) Proxy.newProxyInstance(Admin.class.getClassLoader(), new Class<?>[]{Admin.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("send")) {
                        meanwhile.on(((Request) arguments[0]).method());
                    }
                    try {
                        return method.invoke(server, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static Change client(String name) {
        Resource desired = Resource.desired(Address.of("client", "retail", name), Value.EMPTY_MAP, Origin.NONE);
        return new Change.Create(desired, desired);
    }

    private static Change realm(String own) {
        Address address = RealmType.address("retail");
        Resource live = Resource.live(address, (Value.MapOf) Json.parse("{\"attributes\": {\"own\": \"1\"}}"));
        Resource desired = Resource.desired(address,
                (Value.MapOf) Json.parse("{\"attributes\": {\"own\": \"" + own + "\"}}"), Origin.NONE);
        return new Change.Update(live, desired, desired, List.of(), Optional.empty());
    }
}
