package org.datalabs.core.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.datalabs.core.problem.Problem;
import org.datalabs.core.problem.ProblemCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemDocumentTest {
    private final ObjectMapper mapper = Json.lenient();

    @Test
    void isWrittenAsTheStandardSays() throws JsonProcessingException {
        Problem problem = Problem.of(ProblemCode.QUOTA_REACHED, "You have 5 of 5.", "Destroy one.");
        JsonNode json = mapper.valueToTree(ProblemDocument.of(problem, "r1"));
        assertThat(json).isEqualTo(mapper.readTree("""
                        {"type":"urn:datalabs:problem:QUOTA_REACHED","title":"Your quota is used up","status":409,
                         "detail":"You have 5 of 5.","code":"DL-2001","remedy":"Destroy one.",
                         "instance":"urn:datalabs:request:r1"}
                        """));
    }

    @ParameterizedTest
    @EnumSource(ProblemCode.class)
    void comesBackAsItWas(ProblemCode code) throws JsonProcessingException {
        Problem problem = new Problem(
                code, "What.", "Remedy.", Problem.field("a.b", "No.").fields());
        String json = mapper.writeValueAsString(ProblemDocument.of(problem, null));
        assertThat(mapper.readValue(json, ProblemDocument.class).toProblem()).contains(problem);
    }

    @ParameterizedTest
    @CsvSource({"404, NOT_FOUND", "409, CHANGED_MEANWHILE", "418, INTERNAL", "500, INTERNAL", "400, BAD_REQUEST"})
    void readsCodesOfNewerServicesByTheirStatus(int status, ProblemCode expected) throws JsonProcessingException {
        String json = "{\"type\":\"urn:datalabs:problem:NEW_ONE\",\"status\":" + status + ",\"errors\":[null,{}]}";
        assertThat(mapper.readValue(json, ProblemDocument.class).toProblem())
                .contains(Problem.of(expected, expected.title() + ".", ""));
    }

    @Test
    void leavesOthersProblemsAlone() throws JsonProcessingException {
        assertThat(mapper.readValue("{\"type\":\"about:blank\",\"status\":404}", ProblemDocument.class)
                        .toProblem())
                .isEmpty();
        assertThat(mapper.readValue("{}", ProblemDocument.class).toProblem()).isEmpty();
    }
}
