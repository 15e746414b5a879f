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
        api.MapPost("/flow_runs/{id}/set_state", SetState);
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
            filter.Allows("deployments.id", $"{deployment.Id}")
            && filter.Allows("deployments.name", deployment.Name)
            && filter.Allows("deployments.flow_or_deployment_name", deployment.FullName)
            && filter.Allows("flows.name", deployment.Flow))).Select(PrefectAnswers.Deployment));

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

        if (PrefectRunOrder.Errors(body).ToArray() is { Length: > 0 } errors)
        {
            return PrefectAnswers.Invalid(errors, body);
        }

        if (Find(server, guid) is not { } deployment)
        {
            return Answer(null);
        }

        var order = PrefectRunOrder.From(body);
        var parameters = Merged(deployment.Parameters, order.Parameters);
        if ((order.EnforcesSchema ?? deployment.EnforcesSchema)
            && deployment.ParameterSchema is { } schema
            && ParameterSchema.Complaint(parameters, schema) is { } complaint)
        {
            return PrefectAnswers.Detail(StatusCodes.Status409Conflict, $"Error creating flow run: {complaint}");
        }

        var (run, isNew) = server.Create(deployment, order, parameters);
        server.Inbox.Add(request.HttpContext, deployment.FullName, run.Name, body, order.IdempotencyKey);
        return PrefectAnswers.Ok(PrefectAnswers.FlowRun(run), isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static IResult FlowRun(string id, PrefectServer server) =>
        !Guid.TryParse(id, out var guid) ? PrefectAnswers.NoId()
        : server.FlowRuns.FirstOrDefault(run => run.Id == guid) is { } run ? PrefectAnswers.Ok(PrefectAnswers.FlowRun(run))
        : PrefectAnswers.Detail(StatusCodes.Status404NotFound, "Flow run not found");

    private static async Task<IResult> FilterFlowRuns(HttpRequest request, PrefectServer server) =>
        await Filtered(request, filter => filter.Page(server.FlowRuns.Where(run =>
            filter.Allows("flow_runs.id", $"{run.Id}")
            && filter.Allows("flow_runs.name", run.Name)
            && filter.Allows("flow_runs.deployment_id", $"{run.Deployment.Id}")
            && filter.Allows("flow_runs.idempotency_key", run.IdempotencyKey)
            && filter.Allows("flow_runs.state.type", run.State.Type)
            && filter.Allows("flow_runs.state.name", run.State.Name)
            && filter.Allows("deployments.id", $"{run.Deployment.Id}")
            && filter.Allows("deployments.name", run.Deployment.Name))).Select(PrefectAnswers.FlowRun));

    private static async Task<IResult> SetState(string id, HttpRequest request, PrefectServer server)
    {
        if (!Guid.TryParse(id, out var guid))
        {
            return PrefectAnswers.NoId();
        }

        if (PostedBody.Json(await PostedBody.Bytes(request)) is not { ValueKind: JsonValueKind.Object } body)
        {
            return PrefectAnswers.NoJson();
        }

        if (body.Field("state") is not { ValueKind: JsonValueKind.Object } state)
        {
            return PrefectAnswers.Invalid([new("missing", ["body", "state"], "Field required", body)], body);
        }

        if (state.Text("type") is not { } type || !PrefectState.Names.ContainsKey(type))
        {
            return PrefectAnswers.Invalid([PrefectError.OfStateType(["body", "state", "type"], state)], body);
        }

        if (server.FlowRuns.FirstOrDefault(run => run.Id == guid) is not { } run)
        {
            return PrefectAnswers.Exception(StatusCodes.Status404NotFound, $"Flow run with id {guid} not found");
        }

        // [U] The reason's words, and that a finished run takes no state at all unless forced.
        if (run.State.IsFinal && body.Field("force") is not { ValueKind: JsonValueKind.True })
        {
            return PrefectAnswers.Ok(new
            {
                state = (object?)null, status = "ABORT", details = new { type = "abort_details", reason = "This run has already terminated." },
            });
        }

        var withoutWorker = type == "CANCELLING" && run.State.Type == "SCHEDULED";
        server.SetState(guid, withoutWorker ? "CANCELLED" : type, withoutWorker ? null : state.Text("name"), state.Text("message"));
        var now = server.FlowRuns.First(one => one.Id == guid).State;
        return PrefectAnswers.Ok(
            new
            {
                state = PrefectAnswers.State(now),
                status = withoutWorker ? "REJECT" : "ACCEPT",
                details = withoutWorker
                    ? new { type = "reject_details", reason = (string?)"Scheduled flow run has no infrastructure to terminate." }
                    : new { type = "accept_details", reason = (string?)null },
            },
            StatusCodes.Status201Created);
    }

    private static async Task<IResult> Filtered(HttpRequest request, Func<PrefectFilter, IEnumerable<object>> find)
    {
        if (PostedBody.Json(await PostedBody.Bytes(request)) is not { ValueKind: JsonValueKind.Object } body)
        {
            return PrefectAnswers.NoJson();
        }

        var filter = new PrefectFilter(body);
        return filter.Complaint() is { } complaint
            ? PrefectAnswers.Detail(StatusCodes.Status422UnprocessableEntity, complaint)
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
