package dev.realmform.testing;

import dev.realmform.cli.demo.KeycloakDistribution;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.cli.demo.KeycloakServer.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the real Keycloak server, by parameter, in {@code *IT} classes with {@code @ExtendWith(RealKeycloak.class)}:
 *
 * <ul>
 * <li>{@link KeycloakServer}: the one server of this run, started when the first test asks, stopped at the end. Its log
 * has a line for each request.
 * <li>{@link AdminApi}: its admin.
 * <li>{@link RealmName}: a name that no other test uses, for a realm that the test makes itself; deleted after the test.
 * <li>{@link TestRealm}: a realm of that name, made empty. In {@code @BeforeAll} it belongs to the class.
 * </ul>
 */
public final class RealKeycloak implements ParameterResolver {

    /** The name of a realm that need not exist yet. */
    public record RealmName(String value) {

        @Override
        public String toString() {
            return value;
        }
    }

    private static final Path HOME = Path
            .of(System.getProperty("keycloak.home", "target/keycloak/keycloak-26.7.3"));

    private static final Namespace NAMESPACE = Namespace.create(RealKeycloak.class);
    private static final Set<Class<?>> OFFERED = Set.of(KeycloakServer.class, AdminApi.class, RealmName.class,
            TestRealm.class);

    /** What the server is started from. */
    public static KeycloakDistribution distribution() {
        return new KeycloakDistribution(HOME, Path.of(System.getProperty("java.home")));
    }

    /** The server's version: that of {@code -Dkeycloak.version}. */
    public static String version() {
        return String.valueOf(HOME.getFileName()).replace("keycloak-", "");
    }

    /** Whether the server is of an older version than one such as {@code 26.6}. */
    public static boolean isOlderThan(String version) {
        return number(version()) < number(version);
    }

    private static int number(String version) {
        String[] parts = version.split("\\.", -1);
        return Integer.parseInt(parts[0]) * 1000 + Integer.parseInt(parts[1]);
    }

    private record Running(KeycloakServer server, AdminApi admin) implements AutoCloseable {

        static Running start() {
            try {
                KeycloakServer server = KeycloakServer.start(distribution(), Options.defaults().withAccessLog(),
                        step -> {});
                return new Running(server, new AdminApi(server.url(), server.adminUser(), server.adminPassword()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the Keycloak server was starting", e);
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    /** A realm name in use. Closing deletes the realm, if the server runs and has it. */
    private record Reserved(RealmName name, Running running) implements AutoCloseable {

        @Override
        public void close() {
            if (running.server().isRunning()) {
                running.admin().send("DELETE", name.value(), "");
            }
        }
    }

    private record Made(TestRealm realm) {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return OFFERED.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        if (type.equals(KeycloakServer.class)) {
            return running(context).server();
        }
        if (type.equals(AdminApi.class)) {
            return running(context).admin();
        }
        return type.equals(RealmName.class) ? reserved(context).name() : realm(context);
    }

    private static Running running(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Running.class, _ -> Running.start(), Running.class);
    }

    private static Reserved reserved(ExtensionContext context) {
        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(key(context, Reserved.class), _ -> new Reserved(newName(), running(context)),
                        Reserved.class);
    }

    private static TestRealm realm(ExtensionContext context) {
        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(key(context, Made.class), _ -> new Made(make(context)), Made.class)
                .realm();
    }

    /** A method must not be given its class's realm: stores look into their parents, so the key names the owner. */
    private static String key(ExtensionContext context, Class<?> what) {
        return what.getSimpleName() + " of " + context.getUniqueId();
    }

    private static TestRealm make(ExtensionContext context) {
        String name = reserved(context).name().value();
        AdminApi admin = running(context).admin();
        admin.post("", "{\"realm\": \"" + name + "\", \"enabled\": true, \"components\": "
                + RealmKeys.components() + "}");
        return new TestRealm(name, admin);
    }

    private static RealmName newName() {
        return new RealmName("t" + UUID.randomUUID().toString().substring(0, 8));
    }
}
