package dev.realmform.testing;

import com.dylibso.chicory.runtime.ByteBufferMemory;
import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportMemory;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.ValType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A Rego policy as OPA's own compiler made it ({@code opa build -t wasm}), run by a WebAssembly interpreter in Java, by OPA's
 * ABI 1.2. What WebAssembly leaves to the host is {@code sprintf}.
 */
public final class RegoPolicy {

    private final byte[] module;

    public RegoPolicy(byte[] module) {
        this.module = module.clone();
    }

    /** What an entry point, such as {@code main/deny}, has to say about an input: its messages, sorted. */
    public SortedSet<String> messages(String entrypoint, String input) {
        JsonNode result = new Run(module).evaluated(entrypoint, input);
        SortedSet<String> messages = new TreeSet<>();
        result.path(0).path("result").forEach(message -> messages.add(message.asText()));
        return messages;
    }

    /** One evaluation, in a memory of its own. */
    private static final class Run {

        private final Memory memory = new ByteBufferMemory(new MemoryLimits(5, 4_096));
        private final Instance instance;
        private final JsonNode builtins;

        Run(byte[] module) {
            ImportValues.Builder imports = ImportValues.builder()
                    .addMemory(new ImportMemory("env", "memory", memory))
                    .addFunction(new HostFunction("env", "opa_abort", type(1, false), (at, arguments) -> {
                        throw new IllegalStateException(memory.readCString((int) arguments[0]));
                    }))
                    .addFunction(
                            new HostFunction("env", "opa_println", type(1, false), (at, arguments) -> new long[0]));
            for (int parameters = 0; parameters <= 4; parameters++) {
                imports.addFunction(new HostFunction("env", "opa_builtin" + parameters, type(2 + parameters, true),
                        (at, arguments) -> new long[]{builtin(arguments)}));
            }
            this.instance = Instance.builder(Parser.parse(module)).withImportValues(imports.build()).build();
            this.builtins = value(call("builtins"));
        }

        private static FunctionType type(int parameters, boolean returns) {
            return FunctionType.of(Collections.nCopies(parameters, ValType.I32),
                    returns ? List.of(ValType.I32) : List.of());
        }

        JsonNode evaluated(String entrypoint, String input) {
            int entry = value(call("entrypoints")).path(entrypoint).asInt(-1);
            if (entry < 0) {
                throw new IllegalArgumentException("the policy has no " + entrypoint);
            }
            byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
            int at = put(bytes);
            int data = call("opa_json_parse", put("{}".getBytes(StandardCharsets.UTF_8)), 2);
            int result = call("opa_eval", 0, entry, data, at, bytes.length, call("opa_heap_ptr_get"), 0);
            return AdminApi.json(memory.readCString(result));
        }

        /** The first argument names the function, the second is OPA's context, the others are values. */
        private int builtin(long... arguments) {
            String name = "";
            for (var one : builtins.properties()) {
                name = one.getValue().asInt() == arguments[0] ? one.getKey() : name;
            }
            if (!name.equals("sprintf")) {
                throw new IllegalStateException("the policy calls " + name + ", which this test does not offer");
            }
            String text = value((int) arguments[2]).asText();
            for (JsonNode shown : value((int) arguments[3])) {
                text = text.replaceFirst("%[sdv]",
                        java.util.regex.Matcher
                                .quoteReplacement(shown.isTextual() ? shown.asText() : shown.toString()));
            }
            byte[] json = TextNode.valueOf(text).toString().getBytes(StandardCharsets.UTF_8);
            return call("opa_json_parse", put(json), json.length);
        }

        private JsonNode value(int address) {
            return AdminApi.json(memory.readCString(call("opa_json_dump", address)));
        }

        private int put(byte[] bytes) {
            int at = call("opa_malloc", bytes.length);
            memory.write(at, bytes);
            return at;
        }

        private int call(String name, long... arguments) {
            return (int) instance.export(name).apply(arguments)[0];
        }
    }
}
