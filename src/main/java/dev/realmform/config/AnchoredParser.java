package dev.realmform.config;

import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactoryBuilder;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.Reader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.events.NodeEvent;

/** A YAML parser that also tells the anchors of scalars; Jackson's own tells only those of maps and lists. */
final class AnchoredParser extends YAMLParser {

    private AnchoredParser(IOContext context, int features, int yamlFeatures, LoaderOptions options,
            @Nullable ObjectCodec codec, Reader reader) {
        super(context, features, yamlFeatures, options, codec, reader);
    }

    /** The anchor of the value that the current token starts. */
    Optional<String> anchor() {
        return _lastEvent instanceof NodeEvent event ? Optional.ofNullable(event.getAnchor()) : Optional.empty();
    }

    /** Makes such parsers. */
    static final class Factory extends YAMLFactory {

        private static final long serialVersionUID = 1L;

        Factory(YAMLFactoryBuilder builder) {
            super(builder);
        }

        @Override
        protected YAMLParser _createParser(Reader reader, IOContext context) {
            return new AnchoredParser(context, _parserFeatures, _yamlParserFeatures, _loaderOptions, _objectCodec,
                    reader);
        }
    }
}
