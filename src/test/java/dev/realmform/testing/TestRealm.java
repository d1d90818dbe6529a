package dev.realmform.testing;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A realm that belongs to one test, and that is gone after it. Paths are relative to it: {@code clients?max=5}, the empty
 * one is the realm itself.
 *
 * @param name  unique in this run
 * @param admin the server's admin API
 */
public record TestRealm(String name, AdminApi admin) {

    public JsonNode get(String path) {
        return admin.get(inside(path));
    }

    /** Returns the new object's id. */
    public String post(String path, String json) {
        return admin.post(inside(path), json);
    }

    public void put(String path, String json) {
        admin.put(inside(path), json);
    }

    public void delete(String path) {
        admin.delete(inside(path));
    }

    private String inside(String path) {
        return path.isEmpty() ? name : name + "/" + path;
    }
}
