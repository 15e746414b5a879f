using System.Text.Json;
using System.Text.Json.Nodes;
using Sigma.Simulator.Vendors;

namespace Sigma.Simulator.Prefect;

internal static class PrefectEndpoints
{
    public static void MapPrefectApi(this RouteGroupBuilder vendor)
    {
        vendor.MapGet("/api/health", () => Results.Json(true));
        vendor.MapGet("/api/ready", (SimulatorOptions options) => options.Prefect.IsReady
            ? PrefectAnswers.Ok(new { message = "OK" })
            : PrefectAnswers.Ok(new { message = "Database is not available" }, StatusCodes.Status503ServiceUnavailable));

        var api = vendor.MapGroup("/api").AddEndpointFilter<RouteGroupBuilder, PrefectAccess>();
        api.MapGet("/csrf-token", CsrfToken);
        api.MapGet("/deployments/name/{flow}/{name}", DeploymentByName);
        api.MapGet("/deployments/{id}", Deployment);
        api.MapPost("/deployments/filter", FilterDeployments);
        api.MapPost("/deployments/{id}/create_flow_run", CreateFlowRun);
        api.MapGet("/flow_runs/{id}", FlowRun);
        api.MapPost("/flow_runs/filter", FilterFlowRuns);
        api.MapPost("/flows/filter", FilterFlows);
        api.MapPost("/flow_runs/{id}/set_state", SetState.Run);
    }

    private static IResult CsrfToken(string? client, SimulatorOptions options, TimeProvider clock) =>
        !options.Prefect.CsrfProtection ? PrefectAnswers.Detail(StatusCodes.Status422UnprocessableEntity, "CSRF protection is disabled.")
        : string.IsNullOrEmpty(client) ? PrefectAnswers.Invalid([new("missing", ["query", "client"], "Field required", null)], null)
        : PrefectAnswers.Ok(new { token = PrefectAccess.TokenOf(client), client, expiration = clock.GetUtcNow().AddHours(1) });

    private static IResult DeploymentByName(string flow, string name, PrefectServer server) =>
        Answer(server.Deployments.FirstOrDefault(deployment => deployment.FullName == $"{flow}/{name}"));

    private static IResult Deployment(string id, PrefectServer server) =>
        Guid.TryParse(id, out var guid) ? Answer(Find(server, guid)) : PrefectAnswers.NoId();

    private static async Task<IResult> FilterDeployments(HttpRequest request, PrefectServer server) =>
        await Filtered(request, filter => filter.Page(server.Deployments.Reverse().Where(deployment =>
            filter.Allows(PrefectFilter.DeploymentId, $"{deployment.Id}")
            && filter.Allows(PrefectFilter.DeploymentName, deployment.Name)
            && filter.Allows(PrefectFilter.FlowName, deployment.Flow))).Select(PrefectAnswers.Deployment));

    private static async Task<IResult> CreateFlowRun(string id, HttpRequest request, PrefectServer server)
    {
        if (!Guid.TryParse(id, out var guid))
        {
            return PrefectAnswers.NoId();
        }

        if (PostedBody.Json(await PostedBody.Bytes(request)) is not { ValueKind: JsonValueKind.Object } body)
        {
            return PrefectAnswers.NoJson();
        }

        if (PrefectFlowRunRequest.Errors(body).ToArray() is { Length: > 0 } errors)
        {
            return PrefectAnswers.Invalid(errors, body);
        }

        if (Find(server, guid) is not { } deployment)
        {
            return Answer(null);
        }

        var wanted = PrefectFlowRunRequest.From(body);
        var parameters = Merged(deployment.Parameters, wanted.Parameters);
        if ((wanted.EnforcesSchema ?? deployment.EnforcesSchema)
            && deployment.ParameterSchema is { } schema
            && ParameterSchema.Complaint(parameters, schema) is { } complaint)
        {
            return PrefectAnswers.Detail(StatusCodes.Status409Conflict, $"Error creating flow run: {complaint}");
        }

        var (run, isNew) = server.Create(deployment, wanted, parameters);
        server.Inbox.Add(request.HttpContext, deployment.FullName, run.Name, body, wanted.IdempotencyKey);
        return PrefectAnswers.Ok(PrefectAnswers.FlowRun(run), isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static IResult FlowRun(string id, PrefectServer server) =>
        !Guid.TryParse(id, out var guid) ? PrefectAnswers.NoId()
        : server.FlowRuns.FirstOrDefault(run => run.Id == guid) is { } run ? PrefectAnswers.Ok(PrefectAnswers.FlowRun(run))
        : PrefectAnswers.Detail(StatusCodes.Status404NotFound, "Flow run not found");

    private static async Task<IResult> FilterFlowRuns(HttpRequest request, PrefectServer server) =>
        await Filtered(request, filter => filter.Page(server.FlowRuns.Where(run =>
            filter.Allows(PrefectFilter.RunId, $"{run.Id}")
            && filter.Allows(PrefectFilter.RunName, run.Name)
            && filter.Allows(PrefectFilter.RunDeployment, $"{run.Deployment.Id}")
            && filter.Allows(PrefectFilter.RunKey, run.IdempotencyKey)
            && filter.Allows(PrefectFilter.StateType, run.State.Type)
            && filter.Allows(PrefectFilter.StateName, run.State.Name)
            && filter.Allows(PrefectFilter.EndTime, run.State.IsFinal ? run.State.At : null)
            && filter.Allows(PrefectFilter.ExpectedStartTime, run.ScheduledFor)
            && filter.Allows(PrefectFilter.DeploymentId, $"{run.Deployment.Id}")
            && filter.Allows(PrefectFilter.DeploymentName, run.Deployment.Name)
            && filter.Allows(PrefectFilter.FlowName, run.Deployment.Flow))).Select(PrefectAnswers.FlowRun));

    private static async Task<IResult> FilterFlows(HttpRequest request, PrefectServer server) =>
        await Filtered(request, filter => filter.Page(server.Deployments.DistinctBy(deployment => deployment.FlowId).Where(deployment =>
            filter.Allows(PrefectFilter.FlowId, $"{deployment.FlowId}") && filter.Allows(PrefectFilter.FlowName, deployment.Flow)))
            .Select(deployment => (object)new { id = deployment.FlowId, name = deployment.Flow }));

    private static async Task<IResult> Filtered(HttpRequest request, Func<PrefectFilter, IEnumerable<object>> find)
    {
        if (PostedBody.Json(await PostedBody.Bytes(request)) is not { ValueKind: JsonValueKind.Object } body)
        {
            return PrefectAnswers.NoJson();
        }

        var filter = new PrefectFilter(body);
        return filter.Errors().ToArray() is { Length: > 0 } errors ? PrefectAnswers.Invalid(errors, body)
            : filter.Complaint() is { } complaint ? PrefectAnswers.Detail(StatusCodes.Status422UnprocessableEntity, complaint)
            : PrefectAnswers.Ok(find(filter));
    }

    private static PrefectDeployment? Find(PrefectServer server, Guid id) =>
        server.Deployments.FirstOrDefault(deployment => deployment.Id == id);

    private static IResult Answer(PrefectDeployment? deployment) => deployment is null
        ? PrefectAnswers.Detail(StatusCodes.Status404NotFound, "Deployment not found")
        : PrefectAnswers.Ok(PrefectAnswers.Deployment(deployment));

    private static JsonElement Merged(JsonElement? deployments, JsonElement? runs)
    {
        var merged = new JsonObject();
        foreach (var parameter in new[] { deployments, runs }.OfType<JsonElement>().SelectMany(parameters => parameters.EnumerateObject()))
        {
            merged[parameter.Name] = JsonNode.Parse(parameter.Value.GetRawText());
        }

        return JsonSerializer.SerializeToElement(merged);
    }
}
