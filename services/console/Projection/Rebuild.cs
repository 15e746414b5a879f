using Dapper;
using Sigma.Contracts;
using Sigma.Hosting;
using Sigma.Hosting.Texts;
using Sigma.OperatorConsole.Alerts;
using Sigma.OperatorConsole.Services;
using Sigma.Storage;

namespace Sigma.OperatorConsole.Projection;

/// <summary>
/// Compares the tables with what the evaluator has raised, at start and every few minutes, one console at a time: what is missing is added, and what
/// the evaluator has had no more for two looks is over, though nobody said so. So the tables are whole again when they, or their queue, were lost.
/// </summary>
internal sealed class Rebuild(IRaisedAlertSource evaluator, Database database, AlertWriter writer, TimeProvider time,
    IHostApplicationLifetime process, ILogger<Rebuild> log) : BackgroundService
{
    /// <summary>The reason of a clear of which no message came.</summary>
    public const string NotRaised = "no-longer-raised";

    const string Lease = "rebuild", Cleared = "cleared";
    const int RowsPerStatement = 5000;

    static readonly TimeSpan AtStart = TimeSpan.FromSeconds(2), Between = TimeSpan.FromMinutes(3), AfterFailure = TimeSpan.FromSeconds(30),
        Young = TimeSpan.FromMinutes(1);

    // What the last look of this console has missed.
    HashSet<Guid> _missed = [];
    bool _isFailureTold;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await process.WaitForStart(stoppingToken); // the evaluator may be in this very process
            for (var wait = AtStart; ; wait = await TryLook(wait == AtStart, stoppingToken))
                await Task.Delay(wait, time, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // stopping
        }
    }

    async Task<TimeSpan> TryLook(bool isFirst, CancellationToken ct)
    {
        try
        {
            if (await Take(isFirst ? AtStart : Between - AfterFailure, ct))
                await Look(ct);
            _isFailureTold = false;
            return Between;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.Log(_isFailureTold ? LogLevel.Debug : LogLevel.Warning,
                "The console's alerts cannot be compared with the evaluator's, trying again: {Reason}", e.Message);
            _isFailureTold = true;
            return AfterFailure;
        }
    }

    /// <summary>Compares once; returns how many were added or set right, and how many are over.</summary>
    public async Task<(int Added, int Ended)> Look(CancellationToken ct)
    {
        var begun = time.GetUtcNow();
        HashSet<Guid> raised = [];
        var added = 0;
        foreach (var shadow in (bool[])[false, true])
            await foreach (var page in evaluator.Pages(shadow, ct))
            {
                var alerts = page.Where(alert => !Drill.Is(alert.Source)).ToList();
                raised.UnionWith(alerts.Select(alert => alert.AlertId));
                added += await Add(alerts, ct);
            }
        var missed = (await RaisedHere(begun - Young, ct)).Where(alert => !raised.Contains(alert)).ToHashSet();
        var over = missed.Where(_missed.Contains).ToList();
        foreach (var part in over.Chunk(AlertWriter.Most))
            await End(part, begun, ct);
        missed.ExceptWith(over);
        _missed = missed;
        if (added + over.Count > 0)
            log.LogInformation("Compared with the evaluator: {Added} alerts added or set right, {Ended} over of which no message came",
                added, over.Count);
        return (added, over.Count);
    }

    async Task<int> Add(List<RaisedAlert> alerts, CancellationToken ct)
    {
        if (alerts.Count == 0)
            return 0;
        Dictionary<Guid, Known> known;
        await using (var connection = await database.Open(ct))
            known = (await connection.QueryAsync<Known>(new CommandDefinition( // primary key
                $"""
                select alert_id AlertId, acknowledged_at AcknowledgedAt, cleared_reason ClearedReason, assigned_to AssignedTo, updated_at UpdatedAt
                from console_alerts where alert_id in ({alerts.Select(alert => alert.AlertId).Literals()})
                """, flags: CommandFlags.NoCache | CommandFlags.Buffered, cancellationToken: ct))).ToDictionary(row => row.AlertId);
        var wanted = alerts.Where(alert => !known.TryGetValue(alert.AlertId, out var row) || row.ClearedReason == NotRaised
            || alert.AcknowledgedAt is not null && row.AcknowledgedAt is null
            || row.UpdatedAt is null && row.AssignedTo != alert.AssignedTo).ToList();
        foreach (var part in wanted.Chunk(AlertWriter.Most))
            await writer.Store([.. part.Select(alert => Message(alert, isNew: !known.ContainsKey(alert.AlertId)))], ct);
        if (wanted.Count > 0)
            writer.Wake();
        return wanted.Count;
    }

    static ProjectedMessage Message(RaisedAlert alert, bool isNew) => new(
        new AlertFacts(alert.AlertId, alert.Rule, alert.Kind, alert.Severity, alert.Source, alert.Labels, alert.RaisedAt, alert.IsShadow),
        state => Set(state, alert), isNew ? ProjectedMessages.Raise(alert.AlertId, alert.RaisedAt, alert.Summary, alert.Value) : null);

    // What came by messages meanwhile is newer.
    static void Set(AlertState state, RaisedAlert alert)
    {
        if (state.ClearedReason == NotRaised)
            (state.ClearedAt, state.ClearedReason, state.ClosedBy) = (null, null, null);
        state.Category ??= alert.Category?.Truncate(AlertLimits.Category);
        state.Unit ??= alert.Unit?.Truncate(AlertLimits.Unit);
        state.Url ??= alert.Url?.Truncate(AlertLimits.Url);
        state.Annotations ??= AlertState.Json(alert.Annotations);
        state.EventCount ??= alert.Count;
        state.Threshold ??= alert.Threshold;
        if (alert.AcknowledgedAt is { } acknowledged && state.AcknowledgedAt is null)
            state.Acknowledge(acknowledged, alert.AcknowledgedBy ?? "");
        if (state.UpdatedAt is not null)
            return;
        state.Summary ??= alert.Summary?.Truncate(AlertLimits.Summary);
        state.Value ??= AlertState.Finite(alert.Value);
        state.LimitValue ??= AlertState.Finite(alert.Limit);
        state.AssignedTo = alert.AssignedTo?.Truncate(AlertLimits.Person);
        state.Snoozed = alert.IsSnoozed;
        state.SnoozedUntil = alert.SnoozedUntil?.ToUnixTimeMilliseconds();
    }

    async Task<List<Guid>> RaisedHere(DateTimeOffset before, CancellationToken ct)
    {
        List<Guid> raised = [];
        await using var connection = await database.Open(ct);
        for (var after = Guid.Empty; ;)
        {
            var page = (await connection.QueryAsync<(Guid Id, long RaisedAt)>(new CommandDefinition( // ix_console_alerts_cleared
                $"""
                select alert_id, raised_at from console_alerts where cleared_at is null and alert_id > @after
                order by alert_id limit {RowsPerStatement}
                """, new { after }, cancellationToken: ct))).AsList();
            raised.AddRange(page.Where(row => row.RaisedAt < before.ToUnixTimeMilliseconds()).Select(row => row.Id));
            if (page.Count < RowsPerStatement)
                return raised;
            after = page[^1].Id;
        }
    }

    async Task End(IReadOnlyList<Guid> alerts, DateTimeOffset at, CancellationToken ct)
    {
        var now = at.ToUnixTimeMilliseconds();
        await using var session = await database.Begin(ct);
        var last = await AlertSequence.Lock(session, ct);
        var states = (await AlertTable.Lock(session, alerts, ct)).Values.Where(state => state.ClearedAt is null).ToList();
        foreach (var state in states)
            (state.ClearedAt, state.ClearedReason, state.Sequence) = (now, NotRaised, ++last);
        await AlertTable.Write(session, states, ct);
        await AlertTable.Add(session, states.Select(state =>
            new StoredEvent(Ids.From(NotRaised, $"{state.AlertId:N}"), state.AlertId, now, Cleared, null, NotRaised, null)), ct);
        await AlertSequence.Move(session, last, ct);
        await session.Commit(ct);
        writer.Wake();
    }

    /// <summary>Whether this console is the one that looks now: the last look, of whichever, is some time ago by the database's clock.</summary>
    async Task<bool> Take(TimeSpan ago, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        await session.Execute($"{session.Dialect.InsertIgnore} into console_sequence(name, last) values('{Lease}', 0)", null, ct);
        var taken = await session.Execute( // primary key
            $"update console_sequence set last = {session.Dialect.Now} where name = '{Lease}' and last <= {session.Dialect.Now} - @ago",
            new { ago = (long)ago.TotalMilliseconds }, ct);
        await session.Commit(ct);
        return taken == 1;
    }

    sealed class Known
    {
        public Guid AlertId { get; init; }
        public long? AcknowledgedAt { get; init; }
        public string? ClearedReason { get; init; }
        public string? AssignedTo { get; init; }
        public long? UpdatedAt { get; init; }
    }
}

/// <summary>What the evaluator has raised.</summary>
internal interface IRaisedAlertSource
{
    /// <summary>Page by page; those of rules in the shadow when that is wanted, and those alone.</summary>
    IAsyncEnumerable<IReadOnlyList<RaisedAlert>> Pages(bool shadow, CancellationToken ct);
}

/// <summary>By its internal API.</summary>
internal sealed class EvaluatorAlerts(EvaluatorClient evaluator) : IRaisedAlertSource
{
    const int Page = 1000;

    public async IAsyncEnumerable<IReadOnlyList<RaisedAlert>> Pages(bool shadow,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        string? after = null;
        do
        {
            var page = await evaluator.Alerts(after, Page, shadow, ct);
            yield return page.Items;
            after = page.Next;
        }
        while (after is not null);
    }
}
