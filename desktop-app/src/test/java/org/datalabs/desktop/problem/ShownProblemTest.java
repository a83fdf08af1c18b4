package org.datalabs.desktop.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.file.AccessDeniedException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.datalabs.core.problem.FieldError;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.datalabs.core.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShownProblemTest {

    @Test
    void showsAProblemThroughAnyWrapping() {
        Problem quota = Problem.of(ProblemCode.QUOTA_REACHED, "Five datalabs run already.", "Destroy one.");
        Throwable wrapped = new CompletionException(new ExecutionException(new ProblemException(quota)));

        ShownProblem shown = ShownProblem.of(wrapped);

        assertThat(shown.sentence()).isEqualTo("Five datalabs run already. Destroy one.");
        assertThat(shown.code()).isEqualTo("DL-2001");
        assertThat(shown.help()).isEqualTo(ShownProblem.Help.MAKE_ROOM);
        assertThat(shown.severity()).isEqualTo(ShownProblem.Severity.WARNING);
    }

    @Test
    void keepsTheRefusedValues() {
        Problem problem = Problem.fields(List.of(new FieldError("name", "must not be empty")));

        ShownProblem shown = ShownProblem.of(problem);

        assertThat(shown.fields()).containsExactly(new FieldError("name", "must not be empty"));
        assertThat(shown.help()).isEqualTo(ShownProblem.Help.CORRECT);
    }

    @Test
    void saysThatTheNetworkFailed() {
        assertThat(List.of(
                        new ConnectException("refused"),
                        new HttpTimeoutException("late"),
                        new UnknownHostException("x")))
                .extracting(Problems::of)
                .extracting(Problem::code)
                .containsOnly(ProblemCode.UNREACHABLE);
    }

    @Test
    void saysThatTheDiskIsFull() {
        assertThat(Problems.of(new IOException("No space left on device")).code())
                .isEqualTo(ProblemCode.DISK_FULL);
    }

    @Test
    void namesTheFileThatMayNotBeOpened() {
        Problem problem = Problems.of(new AccessDeniedException("/data/secret"));

        assertThat(problem.code()).isEqualTo(ProblemCode.FORBIDDEN);
        assertThat(problem.what()).contains("/data/secret");
    }

    @Test
    void hidesWhatNobodyForesaw() {
        Problem problem = Problems.of(new IllegalStateException("internal detail"));

        assertThat(problem.code()).isEqualTo(ProblemCode.INTERNAL);
        assertThat(problem.text()).doesNotContain("internal detail").doesNotContain("Exception");
    }

    @Test
    void knowsACancellationFromAFailure() {
        assertThat(Problems.isCancellation(new CompletionException(new CancellationException())))
                .isTrue();
        assertThat(Problems.isCancellation(new IOException())).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void givesEveryCodeWords(ProblemCode code) {
        ShownProblem shown = ShownProblem.of(Problem.of(code, "It broke.", ""));

        assertThat(shown.title()).isNotBlank();
        assertThat(shown.sentence()).isEqualTo("It broke.");
    }
}
