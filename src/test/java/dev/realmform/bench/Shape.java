package dev.realmform.bench;

/**
 * How much a generated realm holds.
 *
 * @param rolesPerClient client roles of each client; at least 3 if there are groups, which map them
 * @param subGroups      children of each top group
 */
record Shape(int clients, int rolesPerClient, int realmRoles, int topGroups, int subGroups, int users) {

    Shape {
        if (topGroups > 0 && (clients == 0 || rolesPerClient < 3 || realmRoles == 0)) {
            throw new IllegalArgumentException("groups map a realm role and three client roles each");
        }
        if (users > 0 && topGroups * (1 + subGroups) < 2) {
            throw new IllegalArgumentException("users are in two groups each");
        }
    }

    int clientRoles() {
        return clients * rolesPerClient;
    }

    int groups() {
        return topGroups * (1 + subGroups);
    }

    /** Clients, roles, groups and users together, and the realm itself. */
    int objects() {
        return 1 + clients + clientRoles() + realmRoles + groups() + users;
    }
}
