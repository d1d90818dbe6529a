package dev.realmform.keycloak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.TestRealm;
import java.net.URI;
import java.net.http.*;
import java.util.*;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealKeycloak.class)
class KeyIT {

    @Test
    void explore(TestRealm realm, KeycloakServer server) throws Exception {
        realm.post("clients", "{\"clientId\":\"c\",\"publicClient\":true,\"directAccessGrantsEnabled\":true}");
        realm.post("users", "{\"username\":\"uma\",\"enabled\":true,\"email\":\"u@e.example\",\"firstName\":\"U\",\"lastName\":\"U\",\"credentials\":[{\"type\":\"password\",\"value\":\"u\"}]}");
        String[][] tries = {{"rsa-generated","keySize","2048","3072"},{"rsa-generated","algorithm","RS256","PS256"},{"rsa-generated","active","true","false"},{"rsa-generated","enabled","true","false"},{"rsa-generated","priority","500","600"},
          {"rsa-enc-generated","keySize","2048","3072"},{"rsa-enc-generated","algorithm","RSA-OAEP","RSA-OAEP-256"},
          {"ecdsa-generated","ecdsaEllipticCurveKey","P-256","P-384"},{"ecdsa-generated","ecGenerateCertificate","false","true"},
          {"ecdh-generated","ecdhEllipticCurveKey","P-256","P-384"},{"ecdh-generated","ecdhAlgorithm","ECDH-ES","ECDH-ES+A128KW"},
          {"eddsa-generated","eddsaEllipticCurveKey","Ed25519","Ed448"},
          {"hmac-generated","secretSize","64","128"},{"hmac-generated","algorithm","HS256","HS384"},{"aes-generated","secretSize","16","32"}};
        for (String[] t : tries) {
            String prio = t[0].startsWith("rsa-gen") ? "500" : "400";
            String id = realm.post("components", "{\"name\":\"k\",\"providerType\":\"org.keycloak.keys.KeyProvider\",\"providerId\":\"" + t[0] + "\",\"config\":{\"priority\":[\"" + prio + "\"],\"" + t[1] + "\":[\"" + t[2] + "\"]}}");
            String before = keys(realm, id);
            String token = t[0].startsWith("rsa-gen") ? token(server, realm) : "";
            ObjectNode body = realm.get("components/" + id).deepCopy();
            body.putObject("config").putArray(t[1]).add(t[3]);
            int put = realm.admin().send("PUT", realm.name() + "/components/" + id, body.toString()).statusCode();
            System.out.println("KEY " + String.join(" ", t) + " put=" + put + "\n   before " + before + "\n   after  " + keys(realm, id)
                + (token.isEmpty() ? "" : "\n   old token: " + userinfo(server, realm, token)));
            realm.delete("components/" + id);
        }
    }

    private String keys(TestRealm realm, String id) {
        StringBuilder s = new StringBuilder();
        for (JsonNode k : realm.get("keys").path("keys")) if (k.path("providerId").asText().equals(id)) s.append(k.path("kid").asText(), 0, 6).append(' ').append(k.path("algorithm").asText()).append(' ').append(k.path("status").asText()).append(' ').append(k.path("publicKey").asText().hashCode()).append("; ");
        return s.toString();
    }

    private String token(KeycloakServer server, TestRealm realm) throws Exception {
        var r = HttpClient.newHttpClient().send(HttpRequest.newBuilder(server.url().resolve("/realms/" + realm.name() + "/protocol/openid-connect/token")).header("Content-Type","application/x-www-form-urlencoded").POST(HttpRequest.BodyPublishers.ofString("grant_type=password&client_id=c&username=uma&password=u&scope=openid")).build(), HttpResponse.BodyHandlers.ofString());
        return AdminApi.json(r.body()).path("access_token").asText();
    }

    private String userinfo(KeycloakServer server, TestRealm realm, String token) throws Exception {
        var r = HttpClient.newHttpClient().send(HttpRequest.newBuilder(server.url().resolve("/realms/" + realm.name() + "/protocol/openid-connect/userinfo")).header("Authorization","Bearer " + token).build(), HttpResponse.BodyHandlers.ofString());
        return r.statusCode() + " " + r.body();
    }
}
