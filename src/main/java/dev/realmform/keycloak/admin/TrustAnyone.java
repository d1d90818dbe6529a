package dev.realmform.keycloak.admin;

import java.net.Socket;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trusts any certificate: only for {@code insecureTls}, which is never a default and always said aloud. */
final class TrustAnyone extends X509ExtendedTrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
        // asked for
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
        // asked for
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
        // asked for
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
        // asked for
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {
        // asked for
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
        // asked for
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
