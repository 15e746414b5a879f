using System.Globalization;
using System.Text.Json;
using Sigma.Fetcher.Sources.Conditions;
using Sigma.Hosting.Api;
using Sigma.Storage;

namespace Sigma.Fetcher.Sources.Api;

/// <summary>Reads what is kept of the sources.</summary>
internal sealed class SourceHistory(Database database, TimeProvider time)
{
    const int MostConditions = 50;

    /// <summary>The sources as they are now.</summary>
    public async Task<IReadOnlyList<ShownSource>> Shown(IReadOnlyList<IPolledSource> sources, string? only, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var states = (await session.Query<PolledState>( // primary key; a row a source
            $"select {PolledState.Columns} from fetcher_polled {(only is null ? "" : "where source = @only")}", new { only }, ct))
            .ToDictionary(row => row.Source);
        var last = (await session.Query<Run>( // primary key
            $"""
            select {Run.Columns} from fetcher_polled_runs r
            where r.run = (select p.runs from fetcher_polled p where p.source = r.source) {(only is null ? "" : "and r.source = @only")}
            """, new { only }, ct)).ToDictionary(row => row.Source);
        var open = (await ConditionTable.Lasting(session, only, ct)).ToLookup(one => one.Source, one => one.Condition);
        return [.. sources.Select(source => Of(source.Plan, states.GetValueOrDefault(source.Plan.Name), last.GetValueOrDefault(source.Plan.Name),
            [.. open[source.Plan.Name]]))];
    }

    /// <summary>The last looks at a source, the newest first.</summary>
    public async Task<Page<ShownRun>> Runs(string source, long before, int limit, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var runs = await session.Query<Run>( // primary key
            $"select {Run.Columns} from fetcher_polled_runs r where r.source = @source and r.run < @before order by r.run desc limit {limit + 1}",
            new { source, before }, ct);
        return new([.. runs.Take(limit).Select(run => run.Shown)],
            runs.Count > limit ? runs[limit - 1].Number.ToString(CultureInfo.InvariantCulture) : null);
    }

    ShownSource Of(SourcePlan plan, PolledState? state, Run? last, IReadOnlyList<KnownCondition> open)
    {
        var now = time.GetUtcNow();
        var next = plan.Turns.After(plan.Turns.Every is null ? now : state?.BegunAt?.ToTime() ?? now);
        return new()
        {
            Name = plan.Name, Kind = plan.Kind, Type = plan.Type, About = plan.About, Every = plan.Turns.Every, Cron = plan.Turns.Cron,
            State = state?.State ?? PolledState.NameOf(SourceState.Unknown), Reason = state?.Reason, Since = state?.StateSince?.ToTime(),
            LastPoll = state?.PolledAt?.ToTime(), LastSuccess = state?.SucceededAt?.ToTime(), NextPoll = next < now ? now : next,
            Failures = state?.Failures ?? 0, Samples = last?.Shown.Samples ?? [], OpenConditions = open.Count,
            Conditions = [.. open.Take(MostConditions).Select(Shown)],
        };
    }

    static ShownCondition Shown(KnownCondition one) =>
        new(one.ExternalId, one.Title, one.Severity, one.Labels, one.StartedAt, one.ReportedAt, one.Url);

    sealed class Run
    {
        public const string Columns =
            """
            r.source Source, r.run Number, r.begun_at BegunAt, r.took_ms TookMs, r.state State, r.reason Reason, r.fired Fired,
              r.resolved Resolved, r.samples Samples
            """;

        public string Source { get; init; } = "";
        public long Number { get; init; }
        public long BegunAt { get; init; }
        public long TookMs { get; init; }
        public string State { get; init; } = "";
        public string? Reason { get; init; }
        public int Fired { get; init; }
        public int Resolved { get; init; }
        public string? Samples { get; init; }

        public ShownRun Shown => new(Number, BegunAt.ToTime(), TookMs, State, Reason, Fired, Resolved,
            Samples is null ? [] : JsonSerializer.Deserialize<List<KeptSample>>(Samples, JsonSerializerOptions.Web) ?? []);
    }
}
