package dev.realmform.keycloak;

import dev.realmform.keycloak.admin.Admin;
import dev.realmform.model.AccessFacts;
import dev.realmform.model.AccessGraph;
import dev.realmform.model.AccessQuestion;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.RealmAccess;
import dev.realmform.model.Resource;
import dev.realmform.model.Seen;
import dev.realmform.model.ServerIdentity;
import dev.realmform.model.Value;
import dev.realmform.provider.LiveState;
import dev.realmform.provider.Outcome;
import dev.realmform.provider.Provider;
import dev.realmform.provider.ResourceType;
import dev.realmform.provider.Scope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One Keycloak server. Reads realm by realm, all types in use at once; writes change by change. */
public final class KeycloakProvider implements Provider {

    /** Every resource type, one line each; containers before what lies in them. */
    static final List<KeycloakType> TYPES = List.of(
            new RealmType(),
            new FlowType(),
            new RequiredActionType(),
            new ClientScopeType(),
            new ClientType(),
            new ClientRoleType(),
            new RealmRoleType(),
            new GroupType(),
            new UserProfileType(),
            new UserType(),
            new GroupMembersType(),
            new InvitationType(),
            new IdentityProviderType(),
            new IdentityProviderMapperType(),
            new OrganizationType(),
            new OrganizationMembersType(),
            new OrganizationGroupType(),
            new OrganizationGroupMembersType(),
            new WorkflowType(),
            new ServiceAccountType(),
            new ScopeMappingsType(ScopeMappingsType.Holder.CLIENT),
            new ScopeMappingsType(ScopeMappingsType.Holder.CLIENT_SCOPE),
            new LocalizationType(),
            new ClientProfileType(),
            new ClientPolicyType(),
            new RealmBindingsType(),
            new AuthorizationType(),
            new AuthorizationScopeType(),
            new AuthorizationResourceType(),
            new AuthorizationPolicyType(),
            new ComponentType(),
            new SubComponentType());

    private static final Map<String, KeycloakType> BY_NAME = TYPES.stream()
            .collect(Collectors.toMap(ResourceType::name, Function.identity()));

    private static final Map<String, KeycloakType> BY_PART = TYPES.stream()
            .flatMap(type -> type.parts().stream().map(part -> Map.entry(part, type)))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

    private final Admin admin;
    private final Optional<ServerVersion> version;
    private final Ids ids;
    private final Bundles bundles;
    private final AtomicReference<@Nullable Reader> anticipated = new AtomicReference<>();

    public KeycloakProvider(Admin admin) {
        this(admin, Optional.empty());
    }

    /** @param version of the server, if somebody has said it: it is not asked for then */
    public KeycloakProvider(Admin admin, Optional<String> version) {
        this.admin = admin;
        this.version = version.map(ServerVersion::new);
        this.ids = new Ids(this::look);
        this.bundles = new Bundles(admin, ids);
    }

    @Override
    public List<ResourceType> types() {
        return List.copyOf(TYPES);
    }

    private Reader reader() {
        return new Reader(admin, version);
    }

    private Optional<String> look(Address address) {
        Reader reader = reader();
        KeycloakType type = BY_NAME.get(address.type());
        if (type != null) {
            return type.find(reader, ids, address);
        }
        return Optional.ofNullable(BY_PART.get(address.type())).flatMap(whole -> whole.findPart(reader, ids, address));
    }

    /** One of the types that every server's provider has. */
    public static ResourceType resourceType(String name) {
        return Optional.<ResourceType>ofNullable(BY_NAME.get(name))
                .orElseThrow(() -> new IllegalStateException("no type of ours: " + name));
    }

    /** The type of that name where there is no server to ask. */
    public static Optional<ResourceType> offline(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /**
     * What a field of a resource holds, now that it has been applied.
     *
     * @throws dev.realmform.model.ProblemException if it holds nothing, or this login may not read it
     */
    public Value known(Value.Unknown hole) {
        return hole.field().equals(Value.Unknown.ID) ? Value.text(ids.need(hole.source())) : bundles.field(hole);
    }

    /** The type of an address, if it is one of ours. */
    static Optional<KeycloakType> known(Address address) {
        return Optional.ofNullable(BY_NAME.get(address.type()));
    }

    /** The secrets of clients. */
    ClientSecrets secrets() {
        return new ClientSecrets(admin, ids, reader());
    }

    /** Which passwords a realm that exists takes. */
    PasswordRules passwordRules(String realm) {
        return PasswordRules.of(reader().object(realm).flatMap(live -> live.text("passwordPolicy")).orElse(""));
    }

    /** What an object lies in: of a part, the resource that it is a part of. */
    static Optional<Address> container(Address address) {
        KeycloakType whole = BY_PART.get(address.type());
        if (whole != null) {
            return Optional.of(new Address(whole.name(), address.key().subList(0, address.key().size() - 1)));
        }
        return known(address).flatMap(type -> type.container(address));
    }

    /**
     * For what is likely to be read soon: what the work returned here reads, while others do something else, the next
     * {@link #read} does not ask for again. What goes wrong in it goes wrong there.
     */
    public Runnable anticipate(Scope scope) {
        Reader reader = reader();
        anticipated.set(reader);
        return () -> {
            try {
                readAhead(reader, scope);
            } catch (RuntimeException e) {
                // Kept by the reader, and met again by who reads in earnest; or the run has ended meanwhile.
            }
        };
    }

    /** The answers stay with the reader; what they come to, the reading in earnest finds out. */
    private static void readAhead(Reader reader, Scope scope) {
        Found nothing = Found.unheeded(new Renames(scope.renames()));
        for (Wanted wanted : Wanted.byRealm(scope, BY_NAME).values()) {
            if (RealmType.id(reader, wanted.realm()).isPresent()) {
                read(reader, wanted, nothing);
            }
        }
    }

    @Override
    public LiveState read(Scope scope) {
        return read(Objects.requireNonNullElseGet(anticipated.getAndSet(null), this::reader), scope);
    }

    private LiveState read(Reader reader, Scope asked) {
        Scope scope = stillToBeRenamed(reader, asked);
        Collection<Wanted> realms = Wanted.byRealm(scope, BY_NAME).values();
        Found found = new Found(ids, new Renames(scope.renames()));
        SortedMap<String, String> realmIds = new TreeMap<>();
        for (Wanted wanted : realms) {
            RealmType.id(reader, wanted.realm()).ifPresentOrElse(id -> {
                realmIds.put(wanted.realm(), id);
                read(reader, wanted, found);
                comingAlong(wanted, found);
            }, () -> comingAlong(wanted.ofNewRealm(), found));
        }
        Set<Address> unsettled = new HashSet<>(scope.past().made());
        unsettled.removeAll(scope.past().held());
        unsettled.removeAll(found.objects().keySet());
        bundles.mayComeYet(unsettled);
        return new LiveState(found.objects(), new ServerIdentity(Login.of(admin.claims()).server(), realmIds),
                found.notices());
    }

    private static Scope stillToBeRenamed(Reader reader, Scope scope) {
        if (scope.renames().isEmpty()) {
            return scope;
        }
        return scope.renaming(Renames.toBeMade(scope.renames(), namesAsTheyAre(reader, scope)::has));
    }

    /** Only what is renamed, and under the names that it has. The reader is asked for it again, and sends nothing twice. */
    private static Found namesAsTheyAre(Reader reader, Scope scope) {
        Found found = new Found(new Ids(address -> Optional.empty()), new Renames(Map.of()));
        Set<String> renamed = scope.renames().values().stream().map(Address::type).collect(Collectors.toSet());
        for (Wanted wanted : Wanted.byRealm(scope.renaming(Map.of()), BY_NAME).values()) {
            if (RealmType.id(reader, wanted.realm()).isPresent()) {
                TYPES.stream()
                        .filter(type -> renamed.contains(type.name()) && wanted.uses(type))
                        .forEach(type -> type.list(reader, wanted, found));
            }
        }
        return found;
    }

    /** What is live on a server that is yet to be made: what each realm comes with, as far as the scope refers to it. */
    public static LiveState ofServerToCome(Scope scope) {
        Found found = new Found(new Ids(address -> Optional.empty()), new Renames(scope.renames()));
        Wanted.byRealm(scope, BY_NAME).values().forEach(wanted -> comingAlong(wanted.ofNewRealm(), found));
        return new LiveState(found.objects(), new ServerIdentity("", new TreeMap<>()), found.notices());
    }

    private static void read(Reader reader, Wanted wanted, Found found) {
        List<Runnable> parts = new ArrayList<>();
        TYPES.stream().filter(wanted::uses).forEach(type -> parts.add(() -> type.list(reader, wanted, found)));
        reader.each(parts, Runnable::run);
    }

    /** What is referred to and not there yet, and that the server makes by itself: with the realm, or with a part of it. */
    private static void comingAlong(Wanted wanted, Found found) {
        for (Address address : wanted.addresses()) {
            boolean comes = wanted.declared(address).isEmpty()
                    && known(address).filter(type -> type.comes(address, wanted)).isPresent();
            if (comes && !found.has(address)) {
                found.addReferred(address);
            }
        }
    }

    @Override
    public Accepted accepted(SortedMap<Address, Resource> declared, LiveState live) {
        MailNames.check(declared, live);
        SharedMails.check(declared, live);
        Reader reader = reader();
        Accepted known = Lacking.accepted(declared, reader::version);
        Accepted filled = NeverEmpty.accepted(known.declared(), live);
        Accepted users = UserProfile.accepted(filled.declared(), live, reader);
        Accepted flows = FlowStructure.accepted(users.declared(), live, reader);
        Accepted components = ComponentSettings.accepted(flows.declared(), live, reader);
        Accepted members = Awaited.accepted(components.declared(), live);
        return new Accepted(InvitationType.needed(members.declared(), live),
                Stream.of(known, filled, users, flows, components, members)
                        .flatMap(accepted -> accepted.notices().stream())
                        .toList());
    }

    @Override
    public List<Problem> review(Plan plan) {
        List<Problem> problems = new ArrayList<>(new Guards(OwnLogin.of(admin, plan)).review(plan));
        Reader reader = reader();
        problems.addAll(Lacking.review(plan, reader));
        problems.addAll(Lengths.review(plan));
        TYPES.forEach(type -> problems.addAll(type.review(plan, reader)));
        return problems;
    }

    @Override
    public List<Plan.Notice> notices(Plan plan) {
        Reader reader = reader();
        return TYPES.stream().flatMap(type -> type.notices(plan, reader).stream()).toList();
    }

    @Override
    public Optional<AccessGraph> access(Plan plan) {
        return AccessReads.of(reader(), plan, ids);
    }

    /**
     * A live realm as a document for a file.
     *
     * @throws dev.realmform.model.ProblemException if there is no such realm, or this login may not see it
     */
    public LiveDocument export(String realm, Set<LiveDocument.With> with) {
        Reader reader = reader();
        if (RealmType.id(reader, realm).isEmpty()) {
            throw Problem.refused("there is no realm " + realm, admin.address(), "Correct its name.").asException();
        }
        return LiveDocument.of(reader, ids, realm, with);
    }

    /** Who has what in a realm, as far as a question goes. */
    public RealmAccess access(String realm, AccessQuestion question) {
        return access(realm, question, new Plan(List.of(), new TreeMap<>(), 0, List.of()));
    }

    /** The same once a plan is carried out. */
    public RealmAccess access(String realm, AccessQuestion question, Plan plan) {
        return RealmAccessReads.of(reader(), realm, question, plan, ids);
    }

    /** When users logged in last, as far as this login may see it. */
    public SortedMap<Address, Seen> seen(String realm, Collection<Address> users) {
        Map<Address, String> there = new HashMap<>();
        users.forEach(user -> ids.find(user).ifPresent(id -> there.put(user, id)));
        return LastSeen.of(reader(), realm, there);
    }

    /** Members of groups who are declared, and who need not be in the realm yet. */
    public static SortedSet<Address> awaited(Collection<Resource> declared) {
        return Awaited.declared(declared);
    }

    /** What the server says about the access of some people; all of it is read at once. */
    public AccessFacts facts(AccessFacts.Question question) {
        return new AccessLook(reader(), ids, question).facts();
    }

    @Override
    public List<Outcome> write(List<Change> bundle) {
        return bundle.isEmpty() ? List.of() : bundles.write(type(bundle.getFirst()), bundle);
    }

    static KeycloakType type(Change change) {
        KeycloakType type = BY_NAME.get(change.address().type());
        if (type == null) {
            throw new IllegalStateException("no type of ours: " + change.address());
        }
        return type;
    }

    @Override
    public void close() {
        admin.close();
    }
}
