package dev.realmform.kubernetes;

import dev.realmform.model.Address;
import dev.realmform.model.Path;
import dev.realmform.model.Reference;
import dev.realmform.model.Resource;
import dev.realmform.provider.Field;
import dev.realmform.provider.Overlay;
import dev.realmform.provider.ResourceType;
import dev.realmform.provider.Schema;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The objects of one kind. What they will be, the server has said: nothing of its defaults and rules is repeated here. */
final class ObjectType implements ResourceType {

    static final String NAMESPACE = "Namespace";

    private static final Schema PLAIN = Schema.of(Map.of());
    private static final Schema OF_SECRETS = Schema.of(Map.of(Manifests.DATA, Field.mapOf(Field.any().secret())));

    private static final Set<String> MADE_BY_THE_SERVER = Set.of("ConfigMap/kube-root-ca.crt",
            "ServiceAccount/default");
    private static final Pattern ITS_OWN_NAMESPACE = Pattern.compile("default|kube-.*");

    private final String name;
    private final DryRuns dryRuns;

    ObjectType(String name, DryRuns dryRuns) {
        this.name = name;
        this.dryRuns = dryRuns;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Schema schema() {
        return name.equals(Manifests.SECRET) ? OF_SECRETS : PLAIN;
    }

    @Override
    public Resource propose(Resource desired, Resource live) {
        return live.withValue(dryRuns.find(desired.address())
                .map(DryRuns.DryRun::planned)
                .orElseGet(() -> Overlay.of(schema(), desired.value(), live.value())));
    }

    @Override
    public boolean isImmutable(Address address, Path path) {
        return dryRuns.find(address)
                .filter(answer -> answer.immutable()
                        .stream()
                        .anyMatch(fixed -> path.startsWith(fixed) || fixed.startsWith(path)))
                .isPresent();
    }

    @Override
    public boolean mayBeReplaced(Resource desired) {
        return !KnownKinds.holdsData(name) || Marks.says(desired.value(), Marks.REPLACE, "true");
    }

    @Override
    public String insteadOfChanging() {
        return "Keep the live value. Or, if what the object holds may go, say $replace: true in its manifest: then it is"
                + " deleted and made anew.";
    }

    @Override
    public Set<Reference> references(Resource desired) {
        return new ObjectReferences(desired).all();
    }

    /** All else a cluster takes before it is there; a namespace it does not. */
    @Override
    public Set<Reference> named(Resource desired) {
        return container(desired.address()).map(namespace -> Set.of(new Reference(namespace, Path.ROOT)))
                .orElseGet(Set::of);
    }

    /** What mounts a Secret starts with what is in it. */
    @Override
    public boolean awaits(Address resource, Address needed) {
        return true;
    }

    @Override
    public boolean isKnownById() {
        return true;
    }

    @Override
    public boolean isBuiltIn(Address address) {
        return isMadeByTheServer(address);
    }

    static boolean isMadeByTheServer(Address address) {
        return address.type().equals(NAMESPACE) ? ITS_OWN_NAMESPACE.matcher(address.name()).matches()
                : MADE_BY_THE_SERVER.contains(address.type() + "/" + address.name());
    }

    @Override
    public Optional<Address> container(Address address) {
        return address.key().size() > 1 ? Optional.of(Address.of(NAMESPACE, address.root())) : Optional.empty();
    }

    @Override
    public Optional<String> lossOnDelete(Resource live) {
        return switch (name) {
            case NAMESPACE -> Optional.of("everything in the namespace is lost");
            case "PersistentVolumeClaim" ->
                Optional.of("the data on its volume is lost, unless the volume is retained");
            case "PersistentVolume" -> Optional.of("the data on it may be lost");
            case "CustomResourceDefinition" -> Optional.of("all objects of this kind are lost");
            default -> Optional.empty();
        };
    }
}
