using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sigma.Simulator.Prefect;

/// <summary>Prefect's answers.</summary>
internal static class PrefectAnswers
{
    private static readonly JsonSerializerOptions Spelling =
        new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IResult Ok(object body, int status = StatusCodes.Status200OK) => Results.Json(body, Spelling, statusCode: status);

    public static IResult Detail(int status, string detail) => Ok(new { detail }, status);

    public static IResult Exception(int status, string message) => Ok(new { exceptionMessage = message }, status);

    public static IResult Invalid(IEnumerable<PrefectError> errors, JsonElement? body) => Ok(
        new { exceptionMessage = "Invalid request received.", exceptionDetail = errors, requestBody = body },
        StatusCodes.Status422UnprocessableEntity);

    public static IResult NoJson() => Invalid([new("json_invalid", ["body", 0], "JSON decode error", null)], null);

    public static IResult NoId() =>
        Invalid([new("uuid_parsing", ["path", "id"], "Input should be a valid UUID, invalid character", null)], null);

    public static IResult OfFault(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => Exception(status, "Unauthorized"),
        StatusCodes.Status503ServiceUnavailable => Exception(status, "Service Unavailable"),
        >= StatusCodes.Status500InternalServerError => Exception(status, "Internal Server Error"),
        _ => Detail(status, "Simulated fault"),
    };

    public static object Deployment(PrefectDeployment deployment) => new
    {
        deployment.Id,
        deployment.Name,
        deployment.FlowId,
        deployment.Tags,
        Parameters = deployment.Parameters ?? JsonSerializer.SerializeToElement(new { }),
        ParameterOpenapiSchema = deployment.ParameterSchema,
        EnforceParameterSchema = deployment.EnforcesSchema,
        Paused = false,
        Status = "READY",
    };

    public static object FlowRun(PrefectFlowRun run) => new
    {
        run.Id,
        Created = run.CreatedAt,
        Updated = run.State.At,
        run.Name,
        run.Deployment.FlowId,
        DeploymentId = run.Deployment.Id,
        run.IdempotencyKey,
        run.Parameters,
        run.Tags,
        StateType = run.State.Type,
        StateName = run.State.Name,
        ExpectedStartTime = run.ScheduledFor,
        NextScheduledStartTime = run.State.Type == "SCHEDULED" ? run.ScheduledFor : (DateTimeOffset?)null,
        EndTime = run.State.IsFinal ? run.State.At : (DateTimeOffset?)null,
        State = State(run.State),
    };

    public static object State(PrefectState state) => new { state.Type, state.Name, Timestamp = state.At, state.Message };
}
