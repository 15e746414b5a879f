using System.Text.Json;
using Microsoft.Extensions.Options;
using Sigma.Contracts;
using Sigma.Fetcher.Sources.Conditions;
using Sigma.Hosting.Texts;
using Sigma.Storage;
using Sigma.Storage.Outbox;

namespace Sigma.Fetcher.Sources;

/// <summary>
/// What is kept of the sources, and who looks at each: of several fetchers one, by the database's clock, the only one they share. What a look found,
/// and the news of it, are written in one transaction, and only by whoever still holds the source.
/// </summary>
internal sealed class SourceTable(Database database, ConditionLedger ledger, SourceTelemetry telemetry, OutboxSender outbox,
    IOptions<FetcherOptions> options, TimeProvider time)
{
    const int LongestReason = 500, MostItems = 500, MostConditions = 100;

    // After the limit of a look there is what it takes to write it down.
    static readonly TimeSpan ToConclude = TimeSpan.FromSeconds(30);

    /// <summary>Takes a source on for one look; null when another does, or has done so within the same turn.</summary>
    public async Task<TakenSource?> Take(SourcePlan plan, TimeSpan apart, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var run = Guid.NewGuid();
        if (!await Claim() && !(await session.Execute( // only where there is none: an insert that finds one shares its lock
            $"{session.Dialect.InsertIgnore} into fetcher_polled(source, kind, state) values(@Name, @Kind, 'unknown')", new { plan.Name, plan.Kind },
            ct) == 1 && await Claim()))
            return null;
        var row = await session.First<PolledState>( // primary key
            $"select {PolledState.Columns} from fetcher_polled where source = @Name", new { plan.Name }, ct);
        await session.Commit(ct);
        return row is null ? null : new(run, new(time.GetUtcNow(), row.SucceededAt?.ToTime(), row.Note));

        // A time of the future was written while a clock was ahead, and holds nobody off.
        async Task<bool> Claim() => await session.Execute( // primary key
            $"""
            update fetcher_polled set lease_owner = @run, lease_until = {session.Dialect.Now} + @span, begun_at = {session.Dialect.Now}
            where source = @Name and (lease_until <= {session.Dialect.Now} or lease_until > {session.Dialect.Now} + @span)
              and (begun_at is null or begun_at <= {session.Dialect.Now} - @apart or begun_at > {session.Dialect.Now} + @apart)
            """, new { plan.Name, run, apart = (long)apart.TotalMilliseconds, span = (long)(plan.Timeout + ToConclude).TotalMilliseconds }, ct) > 0;
    }

    /// <summary>The look did not come to an end: the next fetcher may begin at once.</summary>
    public async Task GiveBack(SourcePlan plan, TakenSource taken, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        await session.Execute( // primary key
            "update fetcher_polled set lease_owner = null, lease_until = 0, begun_at = null where source = @Name and lease_owner = @Run",
            new { plan.Name, taken.Run }, ct);
        await session.Commit(ct);
    }

    /// <summary>Writes what was found, and sends the news of it; null when somebody else has the source by now.</summary>
    public async Task<SourceChange?> Conclude(SourcePlan plan, TakenSource taken, SourceLook look, TimeSpan took, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var before = await session.First<PolledState>( // primary key
            $"select {PolledState.Columns} from fetcher_polled where source = @Name and lease_owner = @Run {session.Dialect.ForUpdate}",
            new { plan.Name, taken.Run }, ct);
        if (before is null)
            return null;
        var now = time.GetUtcNow();
        var failed = look.State == SourceState.Failed;
        var failures = failed ? before.Failures + 1 : 0;
        var failingSince = failed ? before.FailingSince?.ToTime() ?? taken.Memory.Now : (DateTimeOffset?)null;
        var told = await ledger.Write(session, plan, look, taken.Memory.SucceededAt,
            failed && failures >= plan.TellFailureAfterRuns && now - failingSince >= plan.TellFailureAfter ? failingSince : null, ct);
        await SaveState(session, plan, taken, look, before, failures, failingSince, now, ct);
        await SaveRun(session, plan, taken, look, before.Runs + 1, took, told, ct);
        await Publish(session, plan, look, told, $"{taken.Run:N}", ct);
        session.AfterCommit(() => telemetry.Told(plan, told.Fired, told.Resolved));
        await outbox.Commit(session, ct);
        return new(before.Named, told.Fired, told.Resolved);
    }

    static async Task SaveState(DbSession session, SourcePlan plan, TakenSource taken, SourceLook look, PolledState before, int failures,
        DateTimeOffset? failingSince, DateTimeOffset now, CancellationToken ct)
    {
        var state = PolledState.NameOf(look.State);
        await session.Execute( // primary key
            """
            update fetcher_polled set lease_owner = null, lease_until = 0, kind = @Kind, state = @state, state_since = @since, reason = @reason,
              polled_at = @polled, succeeded_at = @succeeded, failing_since = @failing, failures = @failures, runs = runs + 1, note = @note
            where source = @Name
            """,
            new
            {
                plan.Name, plan.Kind, state, since = state == before.State ? before.StateSince : now.ToUnixTimeMilliseconds(),
                reason = Cut(look.Reason), polled = now.ToUnixTimeMilliseconds(), failures, failing = failingSince?.ToUnixTimeMilliseconds(),
                succeeded = look.State == SourceState.Failed ? before.SucceededAt : taken.Memory.Now.ToUnixTimeMilliseconds(),
                note = look.State == SourceState.Failed ? before.Note : look.Note,
            }, ct);
    }

    async Task SaveRun(DbSession session, SourcePlan plan, TakenSource taken, SourceLook look, long run, TimeSpan took, ToldConditions told,
        CancellationToken ct)
    {
        await session.Execute(
            """
            insert into fetcher_polled_runs(source, run, begun_at, took_ms, state, reason, fired, resolved, samples)
            values(@Name, @run, @begun, @took, @state, @reason, @Fired, @Resolved, @samples)
            """,
            new
            {
                plan.Name, run, begun = taken.Memory.Now.ToUnixTimeMilliseconds(), took = (long)took.TotalMilliseconds,
                state = PolledState.NameOf(look.State), reason = Cut(look.Reason), told.Fired, told.Resolved,
                samples = look.Samples.Count == 0 ? null : JsonSerializer.Serialize(KeptSample.Of(look.Samples), JsonSerializerOptions.Web),
            }, ct);
        await session.Execute("delete from fetcher_polled_runs where source = @Name and run <= @before", // primary key
            new { plan.Name, before = run - options.Value.Probes.KeepRuns }, ct);
    }

    async Task Publish(DbSession session, SourcePlan plan, SourceLook look, ToldConditions told, string run, CancellationToken ct)
    {
        var order = Ids.From("source", plan.Name); // what is told of a source leaves in the order of its looks
        foreach (var (part, some) in told.Reports.Chunk(MostConditions).Index())
            await outbox.Publish(session, new ConditionReported { BatchId = Ids.From(run, "c", $"{part}"), Source = plan.Name, Conditions = some },
                order, ct);
        foreach (var (part, some) in look.Samples.Chunk(MostItems).Index())
            await outbox.Publish(session, new SamplesReported { BatchId = Ids.From(run, "s", $"{part}"), Source = plan.Name, Samples = some }, order,
                ct);
        foreach (var (part, some) in look.Beats.Chunk(MostItems).Index())
            await outbox.Publish(session, new BeatsReported { BatchId = Ids.From(run, "b", $"{part}"), Source = plan.Name, Beats = some }, order, ct);
    }

    static string? Cut(string? reason) => reason is null ? null : PlainLine.Of(reason).Truncate(LongestReason);
}

/// <summary>A source that this fetcher looks at.</summary>
/// <param name="Run">Whose look it is: each has an id of its own.</param>
/// <param name="Memory">What is known of it.</param>
internal sealed record TakenSource(Guid Run, SourceMemory Memory);

/// <summary>What a look changed.</summary>
/// <param name="Before">The state before it.</param>
/// <param name="Fired">Conditions that are new or changed.</param>
/// <param name="Resolved">Conditions that are over.</param>
internal sealed record SourceChange(SourceState Before, int Fired, int Resolved);
