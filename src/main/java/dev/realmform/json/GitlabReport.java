package dev.realmform.json;

import dev.realmform.model.Plan;
import dev.realmform.model.Value;
import java.util.Map;

/** The counts that GitLab shows at a merge request, from {@code artifacts:reports:terraform}. */
public final class GitlabReport {

    private GitlabReport() {}

    /** One object of three counts, as actions in Terraform's words: a replacement is one created and one deleted. */
    public static String write(Plan plan) {
        Plan.Counts counts = plan.counts();
        return Json.pretty(new Value.MapOf(Map.of("create", Value.num(counts.add()), "update",
                Value.num(counts.change()), "delete", Value.num(counts.destroy()))), Json.Secrets.HIDE);
    }
}
