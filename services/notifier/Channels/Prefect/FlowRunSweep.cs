using Quartz;
using Sigma.Contracts;
using Sigma.Hosting.Schedule;
using Sigma.Hosting.Texts;
using Sigma.Notifier.Alerts;
using Sigma.Notifier.Receivers;
using Sigma.Storage;
using Sigma.Storage.Outbox;

namespace Sigma.Notifier.Channels.Prefect;

/// <summary>
/// Follows the runs that were started for alerts, many by one request, and reports those that failed as conditions of the source <c>prefect</c>. A
/// run that was started for the alert of such a condition is followed and shown, and not reported: else one that fails would start the next for ever.
/// What an integration started that is in the settings no more, or follows none, is followed to no end, and so it is over.
/// </summary>
[DisallowConcurrentExecution]
internal sealed class FlowRunSweep(Database database, FlowRunTable table, AlertHistory history, ReceiverSet receivers, OutboxSender outbox,
    TimeProvider time, IHostApplicationLifetime host, ILogger<FlowRunSweep> log)
    : RepeatedJob("Runs of flows cannot be followed", host, log)
{
    /// <summary>Source of the conditions.</summary>
    public const string Source = "prefect";

    const int Batch = PrefectApi.MostRuns, LongestTitle = 500;

    static readonly TimeSpan Every = TimeSpan.FromSeconds(5), LookForOrphansEvery = TimeSpan.FromMinutes(5);

    // Notifiers with other settings than ours, which are about to be ours, may follow them until then.
    static readonly TimeSpan OthersMayHaveIt = TimeSpan.FromMinutes(15);

    DateTimeOffset _orphansAt;

    public static void Schedule(IQuartzBuilder jobs) => jobs.ScheduleJob<FlowRunSweep>(trigger => trigger
        .WithIdentity("notifier.flow-runs")
        .StartNow()
        .WithSimpleSchedule(schedule => schedule.WithInterval(Every).RepeatForever()));

    public override async Task Run(CancellationToken ct)
    {
        var followed = receivers.Channels.OfType<PrefectChannel>().Where(channel => channel.Follows).ToList();
        foreach (var channel in followed)
        {
            try
            {
                while (await Follow(channel, ct) == Batch)
                {
                    // there may be more
                }
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                log.LogWarning("Runs of {Channel} cannot be followed, retrying in a minute: {Reason}", channel.Integration.Name, e.Message);
            }
        }
        if (time.GetUtcNow() < _orphansAt)
            return;
        _orphansAt = time.GetUtcNow() + LookForOrphansEvery;
        await LeaveOrphans([.. followed.Select(channel => channel.Integration.Name)], ct);
    }

    // No transaction is open while Prefect is asked.
    async Task<int> Follow(PrefectChannel channel, CancellationToken ct)
    {
        var due = await TakeDue(channel, ct);
        if (due.Count == 0)
            return 0;
        var states = await channel.StatesOf(due, ct);
        var now = time.GetUtcNow();
        await Write(due, run => run.Seen(states.GetValueOrDefault(run.Id), channel.FailureLasts, now), now, ct);
        return due.Count;
    }

    async Task LeaveOrphans(IReadOnlyList<string> followed, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (await Orphans(followed, ct) is not { Count: > 0 } orphans)
            return;
        await Write(orphans, run => run.Left(now), now, ct);
        log.LogInformation("{Count} runs are followed no more: no integration of the settings does", orphans.Count);
    }

    async Task<List<Guid>> Orphans(IReadOnlyList<string> followed, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        return await table.Orphans(session, followed, OthersMayHaveIt, Batch, ct);
    }

    async Task<List<Guid>> TakeDue(PrefectChannel channel, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var due = await table.TakeDue(session, channel.Integration.Name, Batch, ct);
        await session.Commit(ct);
        return due;
    }

    async Task Write(List<Guid> ids, Func<FlowRun, FlowRun> seen, DateTimeOffset now, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var runs = await table.Lock(session, ids, ct);
        var episodes = await history.Find(session, [.. runs.Select(run => run.AlertId).Distinct()], ct);
        List<ReportedCondition> news = [];
        foreach (var before in runs)
        {
            var after = seen(before);
            await table.Save(session, after, ct);
            if (FlowRun.News(before, after) is { } state
                && episodes.GetValueOrDefault(before.AlertId) is { IsDrill: false, Source: not Source } episode)
                news.Add(Condition(after, episode, state, now));
            if (before.State != after.State)
                session.AfterCommit(() => log.LogInformation("Run {RunId} of {Channel} for alert {AlertId} is {State}", after.Id,
                    after.Channel, after.AlertId, after.State));
        }
        if (news.Count > 0)
            await outbox.Publish(session, new ConditionReported { BatchId = Guid.CreateVersion7(), Source = Source, Conditions = news },
                Ids.From("flow-runs"), ct);
        await outbox.Commit(session, ct);
    }

    static ReportedCondition Condition(FlowRun run, Episode episode, ConditionState state, DateTimeOffset now)
    {
        var title = $"{run.Deployment}: {run.StateName ?? run.State}{(run.Message is { Length: > 0 } message ? $": {message}" : "")}";
        return new()
        {
            ExternalId = $"{run.Id}", Labels = FlowRunLabels.Of(run, episode), State = state, ReportedAt = now, StartedAt = run.FailedAt,
            Url = run.Url, Title = PlainLine.Of(title).Truncate(LongestTitle),
            Annotations = new Dictionary<string, string> { ["alert_severity"] = episode.Severity, ["state"] = run.State ?? "" },
        };
    }
}
