package dev.realmform.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * A test of something that came with a version of Keycloak, such as {@code 26.6}. On an older server it does not run and says so;
 * what the product does there is the subject of {@code OlderServerIT}.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SinceKeycloak.Condition.class)
public @interface SinceKeycloak {

    String value();

    /** Which part of the product needs it, in the plural: {@code workflows}. */
    String what();

    /** Looks at the version of the server under test. */
    final class Condition implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return AnnotationSupport.findAnnotation(context.getElement(), SinceKeycloak.class)
                    .filter(since -> RealKeycloak.isOlderThan(since.value()))
                    .map(since -> disabled(context, since))
                    .orElseGet(() -> ConditionEvaluationResult.enabled("the server is new enough"));
        }

        private static ConditionEvaluationResult disabled(ExtensionContext context, SinceKeycloak since) {
            String why = since.what() + " came with Keycloak " + since.value() + ", and this is "
                    + RealKeycloak.version();
            System.out.println("skipped: " + context.getRequiredTestClass().getSimpleName() + " "
                    + context.getDisplayName() + ": " + why);
            return ConditionEvaluationResult.disabled(why);
        }
    }
}
