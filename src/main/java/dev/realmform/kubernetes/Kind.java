package dev.realmform.kubernetes;

/**
 * A kind of object as one version of an API group serves it.
 *
 * @param apiVersion {@code v1}, {@code apps/v1}
 * @param plural     its name in addresses of the server: {@code statefulsets}
 * @param namespaced whether its objects lie in namespaces
 */
public record Kind(String apiVersion, String name, String plural, boolean namespaced) {

    /** The API group; empty for the core. */
    public String group() {
        return group(apiVersion);
    }

    static String group(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    /** Where the server serves an API version. */
    static String root(String apiVersion) {
        return (apiVersion.indexOf('/') < 0 ? "/api/" : "/apis/") + apiVersion;
    }
}
