using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sigma.Simulator.Prefect;
using static Sigma.ServiceTests.Simulator.SimulatorSession;
using static Sigma.ServiceTests.Simulator.VendorCall;

namespace Sigma.ServiceTests.Simulator;

public sealed class Prefect_flow_runs
{
    private static readonly object Order = new
    {
        name = "alert a-1", idempotency_key = "n-1", tags = new[] { "sigma" }, parameters = new { alert_id = "a-1", count = 25 },
    };

    [Fact]
    public async Task Are_made_of_a_deployment_that_is_found_by_name()
    {
        await using var sim = await Start();
        var deployment = await Get(sim, "/api/deployments/name/respond-to-alert/simulated");

        var (status, run) = await Send(sim, $"/api/deployments/{Text(deployment, "id")}/create_flow_run", Order);

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal(("alert a-1", "SCHEDULED", "Scheduled", "n-1"),
            (Text(run, "name"), Text(run, "state_type"), Text(run, "state_name"), Text(run, "idempotency_key")));
        Assert.Equal((Text(deployment, "id"), Text(deployment, "flow_id")), (Text(run, "deployment_id"), Text(run, "flow_id")));
        Assert.Equal(25, run.GetProperty("parameters").GetProperty("count").GetInt32());
        Assert.Equal("sigma", run.GetProperty("tags")[0].GetString());
        Assert.Equal(("respond-to-alert/simulated", "n-1"), (sim.App.Prefect.Inbox.Posts[0].To, sim.App.Prefect.Inbox.Posts[0].Key));
    }

    [Fact]
    public async Task Are_the_same_for_the_same_key_and_others_without_one()
    {
        await using var sim = await Start();

        var (_, first) = await Send(sim, CreateFlowRun, Order);
        var (again, same) = await Send(sim, CreateFlowRun, new { idempotency_key = "n-1", parameters = new { alert_id = "a-2" } });
        await Send(sim, CreateFlowRun, new { parameters = new { alert_id = "a-1" } });
        await Send(sim, CreateFlowRun, new { parameters = new { alert_id = "a-1" } });

        Assert.Equal(HttpStatusCode.OK, again);
        Assert.Equal(Text(first, "id"), Text(same, "id"));
        Assert.Equal("a-1", same.GetProperty("parameters").GetProperty("alert_id").GetString());
        Assert.Equal(3, sim.App.Prefect.FlowRuns.Count);
        Assert.Equal([false, true, false, true], sim.App.Prefect.Inbox.Posts.Select(post => post.IsDuplicate));
    }

    [Fact]
    public async Task Move_on_with_time_from_scheduled_to_completed()
    {
        await using var sim = await Start();
        var id = await Create(sim);

        var types = new List<string?>();
        foreach (var seconds in new[] { 0, 1, 2, 9, 10, 3_600 })
        {
            sim.Clock.Now = Noon.AddSeconds(seconds);
            types.Add(Text(await Get(sim, $"/api/flow_runs/{id}"), "state_type"));
        }

        Assert.Equal(["SCHEDULED", "PENDING", "RUNNING", "RUNNING", "COMPLETED", "COMPLETED"], types);
        Assert.Equal(Noon.AddSeconds(10), (await Get(sim, $"/api/flow_runs/{id}")).GetProperty("end_time").GetDateTimeOffset());
    }

    [Theory]
    [InlineData("failed", "FAILED", "Failed")]
    [InlineData("crashed", "CRASHED", "Crashed")]
    [InlineData("no_worker", "SCHEDULED", "Late")]
    public async Task End_as_their_deployment_is_told_to(string reason, string type, string name)
    {
        await using var sim = await Start();
        sim.App.Prefect.Refusals.Set("respond-to-alert/simulated", reason);
        var id = await Create(sim);

        sim.Clock.Now = Noon.AddSeconds(15);
        var run = await Get(sim, $"/api/flow_runs/{id}");

        Assert.Equal((type, name), (Text(run, "state_type"), Text(run, "state_name")));
    }

    [Fact]
    public async Task Take_the_state_that_a_test_orders_and_keep_it()
    {
        await using var sim = await Start();
        var id = await Create(sim);

        using var order = await sim.Http.PutAsJsonAsync(
            $"/_sim/prefect/flow_runs/{id}", new { type = "RUNNING", name = "Retrying", message = "again" });
        using var unknown = await sim.Http.PutAsJsonAsync($"/_sim/prefect/flow_runs/{Guid.NewGuid()}", new { type = "RUNNING" });
        sim.Clock.Now = Noon.AddHours(1);
        var run = await Get(sim, $"/api/flow_runs/{id}");

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (order.StatusCode, unknown.StatusCode));
        Assert.Equal(("RUNNING", "Retrying", "again"), (Text(run, "state_type"), Text(run, "state_name"), Text(run.GetProperty("state"), "message")));
    }

    [Fact]
    public async Task Are_cancelled_at_once_before_they_start_after_a_while_later_and_never_when_over()
    {
        await using var sim = await Start();
        var (early, running) = (await Create(sim), await Create(sim));
        var cancelling = new { state = new { type = "CANCELLING" } };

        var (_, rejected) = await Send(sim, $"/api/flow_runs/{early}/set_state", cancelling);
        sim.Clock.Now = Noon.AddSeconds(5);
        var (accepted, cancels) = await Send(sim, $"/api/flow_runs/{running}/set_state", cancelling);
        sim.Clock.Now = Noon.AddSeconds(6);
        var (over, aborted) = await Send(sim, $"/api/flow_runs/{running}/set_state", new { state = new { type = "RUNNING" } });
        var cancelled = Text(await Get(sim, $"/api/flow_runs/{running}"), "state_type");
        var (_, forced) = await Send(sim, $"/api/flow_runs/{running}/set_state", new { state = new { type = "RUNNING" }, force = true });

        Assert.Equal(("REJECT", "CANCELLED"), (Text(rejected, "status"), Text(rejected.GetProperty("state"), "type")));
        Assert.Equal((HttpStatusCode.Created, "ACCEPT", "CANCELLING"),
            (accepted, Text(cancels, "status"), Text(cancels.GetProperty("state"), "type")));
        Assert.Equal("CANCELLED", cancelled);
        Assert.Equal((HttpStatusCode.OK, "ABORT", JsonValueKind.Null), (over, Text(aborted, "status"), aborted.GetProperty("state").ValueKind));
        Assert.Equal(("ACCEPT", "RUNNING"), (Text(forced, "status"), Text(forced.GetProperty("state"), "type")));
    }

    [Theory]
    [InlineData("{}", "Validation failed. Failure reason: 'alert_id' is a required property")]
    [InlineData("""{"alert_id":1}""", "Validation failed for field 'alert_id'. Failure reason: 1 is not of type 'string'")]
    [InlineData("""{"alert_id":"a","count":"many"}""", "Validation failed for field 'count'. Failure reason: 'many' is not of type 'integer'")]
    [InlineData("""{"alert_id":null}""", "Validation failed for field 'alert_id'. Failure reason: None is not of type 'string'")]
    public async Task Are_refused_with_409_when_parameters_do_not_fit_the_schema(string parameters, string why)
    {
        await using var sim = await Start();
        var order = new JsonObject { ["parameters"] = JsonNode.Parse(parameters) };

        var (status, body) = await Send(sim, CreateFlowRun, order);
        order["enforce_parameter_schema"] = false;
        var (anyway, _) = await Send(sim, CreateFlowRun, order);

        Assert.Equal((HttpStatusCode.Conflict, $"Error creating flow run: {why}"), (status, Text(body, "detail")));
        Assert.Equal(HttpStatusCode.Created, anyway);
        Assert.Single(sim.App.Prefect.FlowRuns);
    }

    [Theory]
    [InlineData("""{"list":["a",2]}""", "Validation failed for field 'list.1'. Failure reason: 2 is not of type 'string'")]
    [InlineData("""{"level":"high"}""", "Validation failed for field 'level'. Failure reason: 'high' is not one of ['low', 'mid']")]
    [InlineData("""{"share":1.5}""", "Validation failed for field 'share'. Failure reason: 1.5 is greater than the maximum of 1")]
    [InlineData("""{"share":-1}""", "Validation failed for field 'share'. Failure reason: -1 is less than the minimum of 0")]
    [InlineData("""{"maybe":true}""", "Validation failed for field 'maybe'. Failure reason: True is not valid under any of the given schemas")]
    [InlineData("""{"code":"E1301"}""", "Validation failed for field 'code'. Failure reason: 'E1301' is too long")]
    [InlineData("""{"code":""}""", "Validation failed for field 'code'. Failure reason: '' is too short")]
    [InlineData("""{"other":1}""", "Validation failed. Failure reason: Additional properties are not allowed ('other' was unexpected)")]
    [InlineData("""{"list":["a"],"level":"low","share":0.5,"maybe":null,"code":"E130"}""", null)]
    public async Task Are_checked_against_the_schema_of_their_own_deployment(string parameters, string? why)
    {
        await using var sim = await Start();
        using var added = await sim.Http.PostAsJsonAsync("/_sim/prefect/deployments", new
        {
            flow = "f",
            name = "d",
            tags = new[] { "own" },
            parameterSchema = JsonNode.Parse(
                """
                { "type": "object", "additionalProperties": false, "properties": {
                  "list": { "type": "array", "items": { "type": "string" } }, "level": { "enum": ["low", "mid"] },
                  "share": { "type": "number", "minimum": 0, "maximum": 1 }, "maybe": { "anyOf": [{ "type": "string" }, { "type": "null" }] },
                  "code": { "type": "string", "minLength": 1, "maxLength": 4 } } }
                """),
        });

        var (status, body) = await Send(
            sim, $"{added.Headers.Location}/create_flow_run", new JsonObject { ["parameters"] = JsonNode.Parse(parameters) });

        Assert.Equal(why is null ? (HttpStatusCode.Created, "own") : (HttpStatusCode.Conflict, $"Error creating flow run: {why}"),
            (status, why is null ? body.GetProperty("tags")[0].GetString() : Text(body, "detail")));
    }

    [Theory]
    [InlineData("""{"parameters":[]}""", "dict_type", "parameters", "Input should be a valid dictionary")]
    [InlineData("""{"tags":"sigma"}""", "list_type", "tags", "Input should be a valid list")]
    [InlineData("""{"tags":[1]}""", "string_type", "tags", "Input should be a valid string")]
    [InlineData("""{"name":1}""", "string_type", "name", "Input should be a valid string")]
    [InlineData("""{"idempotency_key":1}""", "string_type", "idempotency_key", "Input should be a valid string")]
    [InlineData("""{"idempotencyKey":"n-1"}""", "extra_forbidden", "idempotencyKey", "Extra inputs are not permitted")]
    [InlineData("""{"state":{}}""", "missing", "state", "Field required")]
    public async Task Are_refused_with_422_when_a_field_is_wrong(string order, string type, string field, string message)
    {
        await using var sim = await Start();

        var (status, body) = await Send(sim, CreateFlowRun, JsonNode.Parse(order)!);

        var error = body.GetProperty("exception_detail")[0];
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Invalid request received."), (status, Text(body, "exception_message")));
        Assert.Equal((type, message, field), (Text(error, "type"), Text(error, "msg"), error.GetProperty("loc")[1].GetString()));
        Assert.Equal(JsonValueKind.Object, body.GetProperty("request_body").ValueKind);
        Assert.Empty(sim.App.Prefect.FlowRuns);
    }

    [Fact]
    public async Task Are_not_found_with_404_and_what_is_no_id_is_refused()
    {
        await using var sim = await Start();
        var (deployment, noState) = await Send(sim, $"/api/deployments/{Guid.NewGuid()}/create_flow_run", Order);
        var (run, _) = await Send(sim, $"/api/flow_runs/{Guid.NewGuid()}/set_state", new { state = new { type = "FAILED" } });
        var (noId, _) = await Send(sim, "/api/deployments/1/create_flow_run", Order);
        using var unknown = await sim.Http.SendAsync(Prefect(sim, $"/api/flow_runs/{Guid.NewGuid()}"));
        using var noJson = Prefect(sim, CreateFlowRun, Order);
        noJson.Content = new StringContent("{");

        Assert.Equal((HttpStatusCode.NotFound, "Deployment not found"), (deployment, Text(noState, "detail")));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.UnprocessableEntity), (run, noId));
        Assert.Equal("""{"detail":"Flow run not found"}""", await unknown.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await sim.Http.SendAsync(noJson)).StatusCode);
    }

    [Fact]
    public async Task Are_filtered_by_what_they_are_200_at_a_time_newest_first()
    {
        await using var sim = await Start();
        var (first, second) = (await Create(sim), await Create(sim));
        sim.App.Prefect.SetState(Guid.Parse(first), "FAILED");

        var failed = await Filter(sim, new { flow_runs = new { state = new { type = new { any_ = new[] { "FAILED", "CRASHED" } } } } });
        var byId = await Filter(sim, new { flow_runs = new { id = new { any_ = new[] { second } } } });
        var all = await Filter(sim, new { deployments = new { name = new { any_ = new[] { "simulated" } } } });
        var page = await Filter(sim, new { limit = 1, offset = 1, sort = "EXPECTED_START_TIME_ASC" });
        var (tooMany, body) = await Send(sim, "/api/flow_runs/filter", new { limit = 201 });

        Assert.Equal([first], failed);
        Assert.Equal([second], byId);
        Assert.Equal([second, first], all);
        Assert.Equal([second], page);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Invalid limit: must be less than or equal to 200."), (tooMany, Text(body, "detail")));
    }

    [Theory]
    [InlineData("""{"flow_runs":{"state":{"types":{"any_":["FAILED"]}}}}""")]
    [InlineData("""{"flow_runs":{"id":["1"]}}""")]
    [InlineData("""{"flow_runs":{"name":{"like_":"a"}}}""")]
    public async Task Are_not_filtered_by_what_would_be_ignored(string filter)
    {
        await using var sim = await Start();

        var (status, body) = await Send(sim, "/api/flow_runs/filter", JsonNode.Parse(filter)!);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "extra_forbidden"), (status, Text(body.GetProperty("exception_detail")[0], "type")));
    }

    [Fact]
    public async Task Belong_to_deployments_that_can_be_listed()
    {
        await using var sim = await Start();
        sim.App.Prefect.Add(new PrefectDeployment("respond-to-alert", "other"));

        var (_, all) = await Send(sim, "/api/deployments/filter", new { flows = new { name = new { any_ = new[] { "respond-to-alert" } } } });
        var (_, one) = await Send(sim, "/api/deployments/filter", new { deployments = new { name = new { any_ = new[] { "other" } } } });

        Assert.Equal(["simulated", "other"], all.EnumerateArray().Select(deployment => Text(deployment, "name")));
        Assert.Equal("other", Text(Assert.Single(one.EnumerateArray()), "name"));
    }

    [Fact]
    public async Task Need_Basic_auth_but_health_and_readiness_do_not()
    {
        await using var sim = await Start();

        using var refused = await sim.Http.PostAsJsonAsync(CreateFlowRun, Order);
        sim.App.Options.Prefect.IsReady = false;

        Assert.Equal((HttpStatusCode.Unauthorized, """{"exception_message":"Unauthorized"}"""),
            (refused.StatusCode, await refused.Content.ReadAsStringAsync()));
        Assert.Equal("true", await sim.Http.GetStringAsync("/api/health"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await sim.Http.GetAsync("/api/ready")).StatusCode);
        sim.App.Options.Prefect.IsReady = true;
        Assert.Equal("""{"message":"OK"}""", await sim.Http.GetStringAsync("/api/ready"));
        sim.App.Options.Prefect.AuthString = "";
        Assert.Equal(HttpStatusCode.Created, (await sim.Http.PostAsJsonAsync(CreateFlowRun, Order)).StatusCode);
    }

    [Fact]
    public async Task Need_a_token_against_forged_requests_where_it_is_switched_on()
    {
        await using var sim = await Start(o => o.Prefect.CsrfProtection = true);
        var (without, body) = await Send(sim, CreateFlowRun, Order);
        var token = Text(await Get(sim, "/api/csrf-token?client=c-1"), "token");
        using var with = Prefect(sim, CreateFlowRun, Order);
        with.Headers.Add("Prefect-Csrf-Token", token);
        with.Headers.Add("Prefect-Csrf-Client", "c-1");
        using var foreign = Prefect(sim, CreateFlowRun, Order);
        foreign.Headers.Add("Prefect-Csrf-Token", token);
        foreign.Headers.Add("Prefect-Csrf-Client", "c-2");

        Assert.Equal((HttpStatusCode.Forbidden, "Missing CSRF token."), (without, Text(body, "detail")));
        Assert.Equal(HttpStatusCode.Created, (await sim.Http.SendAsync(with)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await sim.Http.SendAsync(foreign)).StatusCode);
    }

    private static async Task<string> Create(SimulatorSession sim) =>
        Text((await Send(sim, CreateFlowRun, new { parameters = new { alert_id = "a-1" } })).Body, "id")!;

    private static async Task<List<string?>> Filter(SimulatorSession sim, object filter) =>
        [.. (await Send(sim, "/api/flow_runs/filter", filter)).Body.EnumerateArray().Select(run => Text(run, "id"))];

    private static async Task<JsonElement> Get(SimulatorSession sim, string path)
    {
        using var answer = await sim.Http.SendAsync(Prefect(sim, path));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> Send(SimulatorSession sim, string path, object body)
    {
        using var answer = await sim.Http.SendAsync(Prefect(sim, path, body));
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    private static string? Text(JsonElement body, string field) => body.GetProperty(field).GetString();
}
