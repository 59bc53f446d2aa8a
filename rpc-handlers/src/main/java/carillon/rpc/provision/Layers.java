package carillon.rpc.provision;

import carillon.cwmp.flatprofile.KeyCatalogue;
import carillon.cwmp.flatprofile.KeyProblem;
import carillon.cwmp.flatprofile.ProfileEntry;
import carillon.cwmp.flatprofile.ProfileKey;
import carillon.cwmp.flatprofile.ProfileValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Merges the layers of a phone into what it should have. */
public final class Layers {
    private final KeyCatalogue catalogue;

    /** Merging by this catalogue. */
    public Layers(KeyCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** The layers that are for this phone, from the one that loses to the one that wins; its lines are one of them. */
    public static List<Layer> of(Collection<Layer> all, PhoneFacts phone) {
        List<Layer> fitting = new ArrayList<>();
        for (Layer layer : all) {
            if (layer.scope().has(phone)) {
                fitting.add(layer);
            }
        }
        fitting.add(Account.layer(phone));
        fitting.sort(Layer.ORDER);
        return fitting;
    }

    /** What this phone should have, of all these layers. */
    public DesiredConfiguration merge(Collection<Layer> all, PhoneFacts phone) {
        SortedMap<ProfileKey, Said> said = new TreeMap<>();
        List<KeyProblem> problems = new ArrayList<>();
        for (Layer layer : of(all, phone)) {
            for (Map.Entry<String, LayerValue> entry : new TreeMap<>(layer.values()).entrySet()) {
                for (ProfileKey key : keys(entry.getKey(), phone, layer, problems)) {
                    said.put(key, new Said(layer.name(), entry.getValue()));
                }
            }
        }
        Macros macros = new Macros(phone);
        SortedMap<ProfileKey, DesiredConfiguration.Value> values = new TreeMap<>();
        said.forEach((key, what) -> {
            if (what.value() instanceof LayerValue.Put put) {
                value(key, put, what.layer(), macros, problems, values);
            }
        });
        return new DesiredConfiguration(values, problems);
    }

    private record Said(String layer, LayerValue value) {}

    /** A name with {@code {n}} is one key for each account; any other is the key itself. */
    private List<ProfileKey> keys(String name, PhoneFacts phone, Layer layer, List<KeyProblem> problems) {
        List<ProfileKey> keys = new ArrayList<>();
        try {
            if (name.contains("{n}")) {
                for (Account account : phone.accounts()) {
                    keys.add(catalogue.key(name.replace("{n}", String.valueOf(account.extension()))));
                }
            } else {
                keys.add(catalogue.key(name));
            }
        } catch (IllegalArgumentException impossible) {
            problems.add(error(name, "the layer " + layer.name() + ": " + impossible.getMessage()));
        }
        return keys;
    }

    private void value(
            ProfileKey key,
            LayerValue.Put put,
            String layer,
            Macros macros,
            List<KeyProblem> problems,
            SortedMap<ProfileKey, DesiredConfiguration.Value> values) {
        String name = key.name();
        Macros.Expanded expanded;
        try {
            int extension = key.instances().size() == 1 ? key.instances().get(0) : 0;
            expanded = macros.expand(put.text(), extension);
        } catch (IllegalArgumentException impossible) {
            problems.add(error(name, name + " of the layer " + layer + " " + impossible.getMessage()));
            return;
        }
        boolean secret = expanded.secret() || catalogue.isSecret(name);
        List<KeyProblem> found = new ArrayList<>(catalogue.check(name, expanded.text()));
        if (secret) {
            found.replaceAll(problem -> new KeyProblem(
                    problem.severity(), name, name + " of the layer " + layer + " has a value that it does not take"));
        }
        try {
            new ProfileEntry("", name, new ProfileValue.Text(expanded.text()), put.attributes());
        } catch (IllegalArgumentException impossible) {
            found.add(error(name, String.valueOf(impossible.getMessage())));
        }
        problems.addAll(found);
        if (found.stream().noneMatch(problem -> problem.severity() == KeyProblem.Severity.ERROR)) {
            values.put(
                    key,
                    new DesiredConfiguration.Value(
                            expanded.text(), put.attributes(), layer, secret, put.userChangesCount()));
        }
    }

    private static KeyProblem error(String key, String message) {
        return new KeyProblem(KeyProblem.Severity.ERROR, key, message);
    }
}
