package dev.realmform.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.json.Json;
import dev.realmform.keycloak.KeycloakProvider;
import dev.realmform.keycloak.RealmDocument;
import dev.realmform.model.Address;
import dev.realmform.model.Origin;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Source;
import dev.realmform.model.Value;
import dev.realmform.provider.Manage;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OfflineCheckTest {

    private static final String MAPPER = """
            {"identityProviders": {"corp": {"providerId": "oidc", "firstBrokerLoginFlowAlias": "first broker login"}},
             "identityProviderMappers": {"corp": {"buyers": {"config": {"group": "/Buyers"}}}}%s}""";

    private static OfflineCheck.Found check(String json, Map<String, List<String>> manage, OfflineCheck.Says says) {
        Value.MapOf document = ((Value.MapOf) Json.parse(json)).with("realm", Value.text("r"));
        SortedMap<Address, Resource> desired = new TreeMap<>();
        new RealmDocument().expand(document, Origin.of(new Source("r.yaml", 3, 5)))
                .resources()
                .forEach(resource -> desired.put(resource.address(), resource));
        return OfflineCheck.of(desired, KeycloakProvider::resourceType, new Manage(manage), says);
    }

    private static OfflineCheck.Found check(String json) {
        return check(json, Map.of(), OfflineCheck.Says.PART);
    }

    @Test
    void whatMayBeOnTheServerIsLeftToAPlanAndNamed() {
        OfflineCheck.Found found = check(MAPPER.formatted(""));

        assertThat(found.problems()).isEmpty();
        assertThat(found.notices()).containsExactly(new Plan.Notice.General(
                "not declared, so a plan looks for it on the server: group/r/Buyers (r.yaml:3)"));
    }

    @Test
    void whatIsDeclaredOrKeycloaksOwnIsThere() {
        assertThat(check(MAPPER.formatted(", \"groups\": {\"Buyers\": {}}")))
                .isEqualTo(new OfflineCheck.Found(List.of(), List.of()));
    }

    @Test
    void aNameNearADeclaredOneIsAWarning() {
        assertThat(check(MAPPER.formatted(", \"groups\": {\"Buyer\": {}}")).notices()).singleElement()
                .isInstanceOf(Plan.Notice.Warning.class)
                .extracting(Plan.Notice::text)
                .asString()
                .isEqualTo("group/r/Buyers is not declared, and identity-provider-mapper/r/corp/buyers refers to it"
                        + " (r.yaml:3:5  config.group). Similar: group/r/Buyer.");
    }

    @Test
    void inAnAuthoritativeCollectionThereIsOnlyWhatIsDeclared() {
        String document = MAPPER.formatted(", \"groups\": {\"Buyer\": {}}");

        assertThat(check(document, Map.of("groups", List.of("*")), OfflineCheck.Says.PART).problems())
                .containsExactly(Problem.invalid(
                        "group/r/Buyers is not declared, and identity-provider-mapper/r/corp/buyers refers to it",
                        "r.yaml:3:5  config.group", "Declare it, or take the reference out. Similar: group/r/Buyer."));
        assertThat(check(document, Map.of("groups", List.of("/Sell*")), OfflineCheck.Says.PART).problems()).isEmpty();
    }

    @Test
    void filesThatSayAllThereIsReferToNothingElse() {
        assertThat(check(MAPPER.formatted(""), Map.of(), OfflineCheck.Says.ALL).problems())
                .extracting(Problem::what)
                .containsExactly(
                        "group/r/Buyers is not declared, and identity-provider-mapper/r/corp/buyers refers to it");
    }

    @Test
    void whatTheFilesDeleteIsGone() {
        assertThat(check(MAPPER.formatted(", \"groups\": {\"Buyers\": {\"$delete\": true}}")).problems())
                .extracting(Problem::what)
                .containsExactly(
                        "identity-provider-mapper/r/corp/buyers refers to group/r/Buyers, which the files delete");
    }

    @Test
    void aRoleInOneTextIsThereIfAnyOfItsMeaningsIs() {
        String mapper = """
                {"identityProviders": {"corp": {"providerId": "oidc"}}, "clients": {"shop": {}},
                 "identityProviderMappers": {"corp": {"m": {"config": {"role": "shop.clerk"}}}}, "roles": %s}""";

        assertThat(check(mapper.formatted("{\"client\": {\"shop\": {\"clerk\": {}}}}")).notices()).isEmpty();
        assertThat(check(mapper.formatted("{\"realm\": {\"shop.clerk\": {}}}")).notices()).isEmpty();
        assertThat(check(mapper.formatted("{}")).notices()).hasSize(1);
        assertThat(check(mapper.formatted("{}"), Map.of(), OfflineCheck.Says.ALL).problems()).hasSize(1);
    }
}
