package dev.realmform.cli;

import dev.realmform.access.Inquiry;
import dev.realmform.json.AccessAnswerFormat;
import dev.realmform.model.AccessAnswer;
import dev.realmform.model.Problem;
import dev.realmform.render.AccessAnswerText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.ArgGroup;

/** A question about access, in words, of which some may be left out. Writes nothing, needs view roles only. */
abstract class AccessCommand extends RealmformCommand {

    @ArgGroup(validate = false, heading = "%nWhom to ask:%n", order = 15)
    AccessOptions asked = new AccessOptions();
    @ArgGroup(validate = false, heading = "%nFiles:%n", order = 20)
    FileOptions files = new FileOptions();
    @ArgGroup(validate = false, heading = "%nServer:%n", order = 40)
    ServerOptions server = new ServerOptions();

    AccessCommand(Shell shell) {
        super(shell);
    }

    final AccessAnswer answer(Function<Inquiry, AccessAnswer> question) {
        try (AccessPlace place = AccessPlace.open(speaking(), asked, files, server)) {
            AccessAnswer answer = question.apply(place.inquiry());
            if (asked.json) {
                shell().data().print(AccessAnswerFormat.write(answer));
            } else {
                shell().out().print(AccessAnswerText.render(answer, speaking().look()));
            }
            return answer;
        }
    }

    /** The words that are left without those that may be left out: the name of a thing may hold blanks. */
    static String thing(List<String> words, String example) {
        List<String> left = new ArrayList<>(words);
        for (String filler : List.of("can", "use")) {
            if (left.size() > 1 && left.getFirst().equals(filler)) {
                left.removeFirst();
            }
        }
        if (left.isEmpty()) {
            throw new Problem(Problem.Kind.USAGE, "no pool or role is named", "", "Write, for example: " + example,
                    Optional.empty()).asException();
        }
        return String.join(" ", left);
    }
}
