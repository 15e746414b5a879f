using System.Globalization;
using System.Text.Json;
using Sigma.Simulator.Vendors;

namespace Sigma.Simulator.Prefect;

/// <summary>The body of a filter: criteria, limit, offset and sort.</summary>
internal sealed record PrefectFilter(JsonElement Body)
{
    public const string DeploymentId = "deployments.id", DeploymentName = "deployments.name", FlowName = "flows.name", RunId = "flow_runs.id",
        RunName = "flow_runs.name", RunDeployment = "flow_runs.deployment_id", RunKey = "flow_runs.idempotency_key",
        StateType = "flow_runs.state.type", StateName = "flow_runs.state.name",
        FlowId = "flows.id", EndTime = "flow_runs.end_time", ExpectedStartTime = "flow_runs.expected_start_time";

    private const int MostAtOnce = 200;
    private const string Any = "any_", After = "after_", Before = "before_";

    private static readonly string[] Groups = ["deployments", "flow_runs", "flows", "task_runs", "work_pools", "work_pool_queues"];

    private static readonly HashSet<string> Criteria =
        [DeploymentId, DeploymentName, FlowName, RunId, RunName, RunDeployment, RunKey, StateType, StateName, FlowId];

    private static readonly HashSet<string> Times = [EndTime, ExpectedStartTime];

    private int Limit => Number("limit", MostAtOnce);

    private int Offset => Number("offset", 0);

    /// <returns>What is wrong with limit or offset, or null.</returns>
    public string? Complaint() =>
        Limit < 0 ? "Invalid limit: must be greater than or equal to 0."
        : Limit > MostAtOnce ? $"Invalid limit: must be less than or equal to {MostAtOnce}."
        : Offset < 0 ? "Invalid offset: must be greater than or equal to 0."
        : null;

    /// <summary>Prefect refuses criteria that it does not know; here those too that it knows and the simulator does not.</summary>
    public IEnumerable<PrefectError> Errors() =>
        from @group in Body.EnumerateObject()
        where Groups.Contains(@group.Name)
        from leaf in Leaves(@group.Value, [@group.Name])
        where !(leaf.Path[^1] == Any ? Criteria : leaf.Path[^1] is After or Before ? Times : []).Contains(string.Join('.', leaf.Path.SkipLast(1)))
        select new PrefectError("extra_forbidden", ["body", .. leaf.Path], "Extra inputs are not permitted", leaf.Value);

    /// <summary>Whether the value is among those asked for, or none are.</summary>
    public bool Allows(string criterion, string? value) =>
        At(criterion)?.Items(Any) is not { } any || any.Any(one => one.GetString() == value);

    /// <summary>Whether the time lies between those asked for, both included; one that is not there never does.</summary>
    public bool Allows(string criterion, DateTimeOffset? time) => At(criterion) is not { } asked
        || ((Time(asked, After) is not { } after || time >= after) && (Time(asked, Before) is not { } before || time <= before));

    public IEnumerable<T> Page<T>(IEnumerable<T> found) =>
        (Body.Text("sort")?.EndsWith("_ASC", StringComparison.Ordinal) == true ? found : found.Reverse()).Skip(Offset).Take(Limit);

    private static IEnumerable<(string[] Path, JsonElement Value)> Leaves(JsonElement value, string[] path) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => Leaves(member.Value, [.. path, member.Name])),
        JsonValueKind.Null => [],
        _ => [(path, value)],
    };

    private static DateTimeOffset? Time(JsonElement asked, string bound) =>
        asked.Text(bound) is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) : null;

    private JsonElement? At(string criterion)
    {
        JsonElement? found = Body;
        foreach (var name in criterion.Split('.'))
        {
            found = found?.Field(name);
        }

        return found;
    }

    private int Number(string name, int otherwise) => Body.Field(name) is { ValueKind: JsonValueKind.Number } given ? given.GetInt32() : otherwise;
}
