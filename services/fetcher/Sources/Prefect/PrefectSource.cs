using System.Globalization;

namespace Sigma.Fetcher.Sources.Prefect;

/// <summary>
/// The runs of a Prefect server: a deployment whose last run failed or crashed is a condition until one is completed, and one with a run that has not
/// begun when it should have is another. Prefect is asked for what ended since the newest run that is known, and a little before.
/// </summary>
internal sealed class PrefectSource(PrefectSourceOptions options, PrefectClient client, SourcePlan plan) : IPolledSource
{
    const string OfRuns = "run:", OfLateRuns = "late:";

    // A run that ended is told of a moment later, and not in the order in which runs end.
    static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    readonly IReadOnlySet<string>? _wanted = options.Deployments.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        is { Length: > 0 } names && !names.Contains("*") ? names.ToHashSet(StringComparer.Ordinal) : null;

    readonly Dictionary<Guid, string> _flows = [];

    public SourcePlan Plan => plan;

    public async Task<SourceLook> Look(SourceMemory memory, CancellationToken ct)
    {
        var known = await Deployments(ct);
        var watched = known.Where(one => _wanted is null || _wanted.Contains(one.Value)).ToDictionary();
        var newest = Watermark(memory);
        var ended = (await client.EndedAfter(newest is { } last ? last - Overlap : memory.Now - options.FirstLookBack, ct))
            .Where(run => run is { EndTime: not null, DeploymentId: { } id } && watched.ContainsKey(id)).OrderBy(run => run.EndTime).ToList();
        // What ended well before we looked for the first time is told of nobody.
        IEnumerable<PrefectRun> told = newest is null ? ended.GroupBy(run => run.DeploymentId).Select(runs => runs.Last()) : ended;
        var late = (await client.NotBegunBefore(memory.Now - options.LateAfter, ct))
            .Where(run => run.DeploymentId is { } id && watched.ContainsKey(id) && DueAt(run) <= memory.Now - options.LateAfter)
            .GroupBy(run => run.DeploymentId!.Value);
        if (ended.Count > 0 && (newest is null || ended[^1].EndTime > newest))
            newest = ended[^1].EndTime;
        return new()
        {
            State = SourceState.Ok, Note = (newest ?? memory.Now).ToString("O", CultureInfo.InvariantCulture),
            Reason = Missing(known.Values) is { Count: > 0 } missing ? $"there is no deployment {string.Join(", ", missing)}" : null,
            Conditions = [.. told.Select(run => Ended(run, watched[run.DeploymentId!.Value])),
                .. late.Select(runs => Late(watched[runs.Key], runs.Key, runs.Min(DueAt)))],
            IsOverUnlessSeen = id => id.StartsWith(OfLateRuns, StringComparison.Ordinal)
                || (id.StartsWith(OfRuns, StringComparison.Ordinal) && Guid.TryParse(id[OfRuns.Length..], out var deployment)
                    && !watched.ContainsKey(deployment)), // it was deleted, or is watched no more
        };
    }

    async Task<Dictionary<Guid, string>> Deployments(CancellationToken ct)
    {
        var found = await client.Deployments(ct);
        var flows = found.Select(one => one.FlowId).OfType<Guid>().Distinct().Where(flow => !_flows.ContainsKey(flow)).ToList();
        if (flows.Count > 0)
            foreach (var flow in await client.Flows(flows, ct))
                _flows[flow.Id] = flow.Name;
        return found.DistinctBy(one => one.Id).ToDictionary(one => one.Id,
            one => one.FlowId is { } flow && _flows.TryGetValue(flow, out var name) ? $"{name}/{one.Name}" : one.Name);
    }

    List<string> Missing(IEnumerable<string> known) => _wanted is null ? [] : [.. _wanted.Except(known)];

    SeenCondition Ended(PrefectRun run, string deployment)
    {
        var fires = run.StateType is PrefectRun.Failed or PrefectRun.Crashed;
        return new()
        {
            ExternalId = $"{OfRuns}{run.DeploymentId}", Labels = Labels(deployment), Fires = fires, Severity = options.Severity, AsOf = run.EndTime,
            StartedAt = fires ? run.EndTime : null, EndedAt = fires ? null : run.EndTime, Url = $"{client.UiUrl}/runs/flow-run/{run.Id}",
            Title = $"{deployment}: {run.StateName ?? run.StateType}{(run.State?.Message is { Length: > 0 } message ? $": {message}" : "")}",
            Annotations = new Dictionary<string, string> { ["run"] = run.Name ?? $"{run.Id}", ["state"] = run.StateType ?? "" },
        };
    }

    SeenCondition Late(string deployment, Guid id, DateTimeOffset since) => new()
    {
        ExternalId = $"{OfLateRuns}{id}", Labels = new Dictionary<string, string>(Labels(deployment)) { ["late"] = "true" }, Fires = true,
        Severity = options.LateSeverity, StartedAt = since, Url = $"{client.UiUrl}/deployments/deployment/{id}",
        Title = string.Create(CultureInfo.InvariantCulture, $"{deployment}: the run of {since:yyyy-MM-dd HH:mm} UTC has not begun"),
    };

    static Dictionary<string, string> Labels(string deployment) => new()
    {
        ["deployment"] = deployment.Length <= 150 ? deployment : deployment[..150],
    };

    // A run that is tried again has a time of its own for that.
    static DateTimeOffset DueAt(PrefectRun run) => run.NextScheduledStartTime ?? run.ExpectedStartTime ?? DateTimeOffset.MaxValue;

    static DateTimeOffset? Watermark(SourceMemory memory) => memory.SucceededAt is not null
        && DateTimeOffset.TryParse(memory.Note, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var newest) ? newest : null;
}
