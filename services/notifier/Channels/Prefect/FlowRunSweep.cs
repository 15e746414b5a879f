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
/// </summary>
[DisallowConcurrentExecution]
internal sealed class FlowRunSweep(Database database, FlowRunTable table, AlertHistory history, ReceiverSet receivers, OutboxSender outbox,
    TimeProvider time, IHostApplicationLifetime host, ILogger<FlowRunSweep> log)
    : RepeatedJob("Runs of flows cannot be followed", host, log)
{
    /// <summary>Source of the conditions.</summary>
    public const string Source = "prefect";

    const int Batch = PrefectApi.MostRuns, LongestTitle = 500;

    static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    public static void Schedule(IQuartzBuilder jobs) => jobs.ScheduleJob<FlowRunSweep>(trigger => trigger
        .WithIdentity("notifier.flow-runs")
        .StartNow()
        .WithSimpleSchedule(schedule => schedule.WithInterval(Every).RepeatForever()));

    public override async Task Run(CancellationToken ct)
    {
        foreach (var channel in receivers.Channels.OfType<PrefectChannel>().Where(channel => channel.Follows))
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
    }

    // No transaction is open while Prefect is asked.
    async Task<int> Follow(PrefectChannel channel, CancellationToken ct)
    {
        var due = await TakeDue(channel, ct);
        if (due.Count > 0)
            await Write(channel, due, await channel.StatesOf(due, ct), ct);
        return due.Count;
    }

    async Task<List<Guid>> TakeDue(PrefectChannel channel, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var due = await table.TakeDue(session, channel.Integration.Name, Batch, ct);
        await session.Commit(ct);
        return due;
    }

    async Task Write(PrefectChannel channel, List<Guid> due, IReadOnlyDictionary<Guid, FlowRunState> states, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var session = await database.Begin(ct);
        var runs = await table.Lock(session, due, ct);
        var episodes = await history.Find(session, [.. runs.Select(run => run.AlertId).Distinct()], ct);
        List<ReportedCondition> news = [];
        foreach (var before in runs)
        {
            var after = before.Seen(states.GetValueOrDefault(before.Id), channel.FailureLasts, now);
            await table.Save(session, after, ct);
            if (FlowRun.News(before, after) is { } state
                && episodes.GetValueOrDefault(before.AlertId) is { IsDrill: false, Source: not Source } episode)
                news.Add(Condition(channel, after, episode, state, now));
            if (before.State != after.State)
                session.AfterCommit(() => log.LogInformation("Run {RunId} of {Channel} for alert {AlertId} is {State}", after.Id,
                    channel.Integration.Name, after.AlertId, after.State));
        }
        if (news.Count > 0)
            await outbox.Publish(session, new ConditionReported { BatchId = Guid.CreateVersion7(), Source = Source, Conditions = news },
                Ids.From("flow-runs", channel.Integration.Name), ct);
        await outbox.Commit(session, ct);
    }

    static ReportedCondition Condition(PrefectChannel channel, FlowRun run, Episode episode, ConditionState state, DateTimeOffset now)
    {
        var title = $"{channel.Deployment}: {run.StateName ?? run.State}{(run.Message is { Length: > 0 } message ? $": {message}" : "")}";
        return new()
        {
            ExternalId = $"{run.Id}", Labels = FlowRunLabels.Of(channel.Deployment, channel.Integration.Name, episode), State = state,
            ReportedAt = now, StartedAt = run.FailedAt, Url = run.Url, Title = PlainLine.Of(title).Truncate(LongestTitle),
            Annotations = new Dictionary<string, string> { ["alert_severity"] = episode.Severity, ["state"] = run.State ?? "" },
        };
    }
}
