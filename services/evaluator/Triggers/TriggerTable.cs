using System.Text.Json;
using MassTransit;
using Sigma.Contracts;
using Sigma.Evaluator.Conditions.Counting;
using Sigma.Storage;
using Sigma.Storage.Sagas;

namespace Sigma.Evaluator.Triggers;

/// <summary>The table of triggers: the saga's rows, and the questions the counting side asks of them.</summary>
internal sealed class TriggerTable(TimeProvider time) : ISagaTable<Trigger>
{
    const string Table = "sigma_cloud_events_tracker_triggers";

    const string Columns =
        """
        trigger_id TriggerId, state State, rule Rule, source Source, labels Labels, severity Severity, alert_id AlertId,
          quantity Quantity, threshold Threshold, raised_at RaisedAt, clear_check_at ClearCheckAt, version Version,
          kind Kind, category Category, summary Summary, value Value, limit_value LimitValue, unit Unit, url Url, annotations Annotations,
          acknowledged_at AcknowledgedAt, acknowledged_by AcknowledgedBy, rule_revision RuleRevision, shadow Shadow,
          assigned_to AssignedTo, snoozed_until SnoozedUntil, last_told LastTold
        """;

    public async Task<Trigger?> Load(DbSession session, Guid id, CancellationToken ct)
    {
        var row = await session.First<Row>( // uq_triggers_trigger
            $"select {Columns} from {Table} where trigger_id = @id {session.Dialect.ForUpdate}", new { id }, ct);
        return row?.Trigger;
    }

    /// <summary>Reads and locks the trigger whose alert this is; null when the alert is over.</summary>
    public async Task<Trigger?> LoadByAlert(DbSession session, Guid alert, CancellationToken ct)
    {
        // Found without a lock, which would wait for all others that are being decided on. ix_triggers_alert
        var found = await session.First<Guid?>($"select trigger_id from {Table} where alert_id = @alert", new { alert }, ct);
        return found is { } id && await Load(session, id, ct) is { } trigger && trigger.AlertId == alert ? trigger : null;
    }

    /// <summary>All that are raised, the newest first.</summary>
    public static async Task<List<Trigger>> AllRaised(DbSession session, CancellationToken ct) =>
        (await session.Query<Row>( // a row is an alert that is raised, so there are few
            $"select {Columns} from {Table} where trigger_id is not null and state = '{nameof(TriggerStateMachine.Raised)}' order by raised_at desc",
            null, ct)).ConvertAll(row => row.Trigger);

    /// <summary>Raised ones of rows before one, the newest row first, each with the number of its row.</summary>
    public static async Task<List<(long Row, Trigger Trigger)>> RaisedBefore(DbSession session, long before, int most, CancellationToken ct) =>
        (await session.Query<Row>( // primary key
            $"""
            select id RowNumber, {Columns} from {Table} where id < {before} and trigger_id is not null
              and state = '{nameof(TriggerStateMachine.Raised)}' order by id desc limit {most}
            """, null, ct)).ConvertAll(row => (row.RowNumber, row.Trigger));

    /// <summary>The trigger of an alert that is raised, as far as is committed; null when the alert is over.</summary>
    public static async Task<Trigger?> FindByAlert(DbSession session, Guid alert, CancellationToken ct) =>
        (await session.First<Row>( // ix_triggers_alert
            $"select {Columns} from {Table} where alert_id = @alert and state = '{nameof(TriggerStateMachine.Raised)}'",
            new { alert }, ct))?.Trigger;

    /// <summary>A trigger that is raised, as far as is committed; null when it is not.</summary>
    public static async Task<Trigger?> Find(DbSession session, Guid trigger, CancellationToken ct) =>
        (await session.First<Row>( // uq_triggers_trigger
            $"select {Columns} from {Table} where trigger_id = @trigger and state = '{nameof(TriggerStateMachine.Raised)}'",
            new { trigger }, ct))?.Trigger;

    public async Task<bool> Insert(DbSession session, Trigger saga, CancellationToken ct) => await session.Execute(
        $"""
        {session.Dialect.InsertIgnore} into {Table}(account_id, cuc, code, created_at, updated_at, trigger_id, state, rule, source, labels, version)
        values(@Account, @Cuc, @Code, @Now, @Now, @Id, @State, @Rule, @Source, @Labels, @Version)
        """,
        new
        {
            // The columns the existing installation's reports read; a label a rule does not group by is empty.
            Account = long.TryParse(saga.Labels.GetValueOrDefault("account"), out var account) ? account : 0,
            Cuc = saga.Labels.GetValueOrDefault("cuc", ""),
            Code = saga.Labels.GetValueOrDefault("code", ""),
            Now = time.GetUtcNow().UtcDateTime,
            Id = saga.CorrelationId,
            saga.State, saga.Rule, saga.Source, Labels = JsonSerializer.Serialize(saga.Labels), saga.Version,
        }, ct) == 1;

    public async Task Update(DbSession session, Trigger saga, CancellationToken ct)
    {
        var found = await session.Execute( // uq_triggers_trigger
            $"""
            update {Table} set state = @State, severity = @Severity, alert_id = @AlertId, quantity = @Count, threshold = @Threshold,
              raised_at = @RaisedAt,
              clear_check_at = @ClearCheckAt, version = version + 1, updated_at = @Now, kind = @Kind, category = @Category, summary = @Summary,
              value = @Value, limit_value = @Limit, unit = @Unit, url = @Url, annotations = @Annotations,
              acknowledged_at = @AcknowledgedAt, acknowledged_by = @AcknowledgedBy, rule_revision = @RuleRevision, shadow = @Shadow,
              assigned_to = @AssignedTo, snoozed_until = @SnoozedUntil, last_told = @LastTold
            where trigger_id = @Id and version = @Version
            """,
            new
            {
                saga.State, saga.Severity, saga.AlertId, saga.Count, saga.Threshold,
                RaisedAt = saga.RaisedAt.ToUnixTimeMilliseconds(),
                saga.ClearCheckAt, Now = time.GetUtcNow().UtcDateTime, Id = saga.CorrelationId, saga.Version,
                saga.Kind, saga.Category, saga.Summary, saga.Value, saga.Limit, saga.Unit, saga.Url,
                AcknowledgedAt = saga.AcknowledgedAt?.ToUnixTimeMilliseconds(), saga.AcknowledgedBy, saga.RuleRevision, saga.AssignedTo,
                saga.SnoozedUntil, saga.LastTold,
                Shadow = saga.Shadow ? 1 : (int?)null, Annotations = saga.Annotations.Count == 0 ? null : JsonSerializer.Serialize(saga.Annotations),
            }, ct);
        if (found == 0)
            throw new ConcurrencyException("The trigger has changed meanwhile", typeof(Trigger), saga.CorrelationId);
    }

    public async Task Delete(DbSession session, Trigger saga, CancellationToken ct)
    {
        if (saga.ClearedThrough > 0) // else nothing was found to raise, or its rule went: one that comes back counts what is there
            await session.Execute(
                $"insert into evaluator_cleared(trigger_id, cleared_through) values(@Id, @ClearedThrough) "
                    + $"{session.Dialect.OnConflictUpdate("trigger_id", "cleared_through")}",
                new { Id = saga.CorrelationId, saga.ClearedThrough }, ct);
        await session.Execute($"delete from {Table} where trigger_id = @Id", new { Id = saga.CorrelationId }, ct);
    }

    /// <summary>Up to when earlier episodes of a key were judged, whatever its rule was called; 0 when there was none.</summary>
    public static async Task<long> ClearedThrough(DbSession session, IEnumerable<Guid> triggers, CancellationToken ct) =>
        // primary key
        await session.First<long?>($"select max(cleared_through) from evaluator_cleared where trigger_id in ({triggers.Literals()})", null, ct) ?? 0;

    /// <summary>What earlier episodes of triggers were judged by holds for those that follow them too.</summary>
    public static async Task CarryOnCleared(DbSession session, IEnumerable<(Guid From, Guid To)> heirs, CancellationToken ct)
    {
        var followers = heirs.ToLookup(h => h.From, h => h.To);
        if (followers.Count == 0)
            return;
        var cleared = await session.Query<(Guid Id, long Through)>( // primary key
            $"select trigger_id, cleared_through from evaluator_cleared where trigger_id in ({followers.Select(f => f.Key).Literals()})", null, ct);
        using SqlRows rows = new(session.Dialect);
        foreach (var row in cleared.SelectMany(c => followers[c.Id].Select(to => (To: to, c.Through))).GroupBy(c => c.To)
            .OrderBy(c => c.Key))
            rows.Add(row.Key, row.Max(c => c.Through));
        var later =
            $"case when {session.Dialect.Offered("cleared_through")} > evaluator_cleared.cleared_through then "
                + $"{session.Dialect.Offered("cleared_through")} else evaluator_cleared.cleared_through end";
        if (rows.Count > 0)
            await session.Execute($"insert into evaluator_cleared(trigger_id, cleared_through) values {rows} "
                + session.Dialect.OnConflictUpdate("trigger_id", $"cleared_through = {later}"), null, ct);
    }

    /// <summary>Whether any of these is raised, as far as is committed.</summary>
    public static async Task<bool> AnyRaised(DbSession session, IReadOnlyCollection<Guid> triggers, CancellationToken ct) =>
        triggers.Count > 0 && (await RaisedSoFar(session, triggers, ct)).Count > 0;

    /// <summary>Which of these are raised, as far as is committed.</summary>
    public static async Task<HashSet<Guid>> RaisedSoFar(DbSession session, IEnumerable<Guid> triggers, CancellationToken ct) =>
        [.. await session.Query<Guid>( // uq_triggers_trigger
            $"select trigger_id from {Table} where trigger_id in ({triggers.Literals()})", null, ct)];

    /// <summary>Which of these are raised. Waits for any that is being decided on at this moment.</summary>
    public static async Task<HashSet<Guid>> Raised(DbSession session, IEnumerable<Guid> triggers, CancellationToken ct) =>
        [.. (await session.Query<Guid>( // uq_triggers_trigger
            $"select trigger_id from {Table} where trigger_id in ({triggers.Literals()}) {session.Dialect.ForShare}", null, ct))];

    /// <summary>The same, each with when its value was last told; milliseconds since 1970.</summary>
    public static async Task<Dictionary<Guid, long>> RaisedAndTold(DbSession session, IEnumerable<Guid> triggers, CancellationToken ct) =>
        (await session.Query<(Guid Id, long? Told)>( // uq_triggers_trigger
            $"select trigger_id, last_told from {Table} where trigger_id in ({triggers.Literals()}) {session.Dialect.ForShare}", null, ct))
            .ToDictionary(row => row.Id, row => row.Told ?? 0);

    /// <summary>Raised triggers of a rule whose count can be normal by now, the longest due first.</summary>
    public static async Task<List<ClearCandidate>> DueForClearCheck(DbSession session, string rule, long through, int limit, CancellationToken ct) =>
        [.. (await session.Query<(Guid Id, string Labels, long CheckAt)>( // ix_triggers_clear_check (rule, clear_check_at)
            $"select trigger_id, labels, clear_check_at from {Table} where rule = @rule and clear_check_at <= @through order by clear_check_at "
                + $"limit {limit}",
            new { rule, through }, ct)).Select(row => new ClearCandidate(row.Id, row.Labels, row.CheckAt))];

    /// <summary>
    /// Not before these times can the counts be normal; a trigger that was marked by <see cref="CheckSoon"/> since it was read stays marked.
    /// </summary>
    public static Task CheckLater(DbSession session, IReadOnlyCollection<(ClearCandidate Candidate, long At)> later, CancellationToken ct) =>
        later.Count == 0 ? Task.CompletedTask : session.Execute( // uq_triggers_trigger
            $"""
            update {Table} set clear_check_at = case trigger_id {Cases(later.Select(l => (l.Candidate.TriggerId, l.At)))} end
            where trigger_id in ({later.Select(l => l.Candidate.TriggerId).Literals()})
              and clear_check_at = case trigger_id {Cases(later.Select(l => (l.Candidate.TriggerId, l.Candidate.CheckAt)))} end
            """, null, ct);

    /// <summary>
    /// Events of these occurrences no longer count: look at their triggers whatever was foreseen. The mark is below zero and never twice the same.
    /// </summary>
    public static async Task CheckSoon(DbSession session, IEnumerable<Guid> occurrences, CancellationToken ct)
    {
        var touched = await OccurrenceTable.Triggers(session, occurrences, ct);
        if (touched.Count == 0)
            return;
        // A locking read waits for a trigger that is being raised at this moment; an update alone could pass over it.
        var raised = await session.Query<Guid>( // uq_triggers_trigger
            $"select trigger_id from {Table} where trigger_id in ({touched.Literals()}) {session.Dialect.ForUpdate}",
            null, ct);
        await CheckNow(session, raised, ct);
    }

    /// <summary>Looks at these triggers whatever was foreseen.</summary>
    public static Task CheckNow(DbSession session, IReadOnlyCollection<Guid> triggers, CancellationToken ct) =>
        triggers.Count == 0 ? Task.CompletedTask
        // uq_triggers_trigger
        : session.Execute($"update {Table} set clear_check_at = {Mark()} where trigger_id in ({triggers.Literals()})", null, ct);

    /// <summary>
    /// Makes a raised trigger that of another rule; the alert stays the same. False when that rule has it raised already, or the trigger is gone.
    /// </summary>
    public static async Task<bool> CarryOn(DbSession session, Trigger from, Guid to, string rule, CancellationToken ct)
    {
        if ((await Raised(session, [to], ct)).Count > 0)
            return false;
        return await session.Execute( // uq_triggers_trigger
            $"update {Table} set trigger_id = @to, rule = @rule, clear_check_at = {Mark()}, version = version + 1 where trigger_id = @from and "
                + $"rule = @former",
            new { to, rule, from = from.CorrelationId, former = from.Rule }, ct) == 1;
    }

    /// <summary>How many are raised, and since when, by rule; those of the shadow are nobody's.</summary>
    public static async Task<List<RaisedByRule>> CountRaised(DbSession session, CancellationToken ct) =>
        [.. (await session.Query<(string Rule, long Count, long Oldest)>( // the whole table: a row is a raised alert
            $"select rule, count(*), min(raised_at) from {Table} where trigger_id is not null and raised_at is not null and shadow is null "
                + "group by rule", null, ct))
            .Select(row => new RaisedByRule(row.Rule, row.Count, row.Oldest))];

    static long Mark() => -Random.Shared.NextInt64(1, long.MaxValue);

    static string Cases(IEnumerable<(Guid Id, long Value)> cases) => string.Join(' ', cases.Select(c => $"when x'{c.Id:N}' then {c.Value}"));

    sealed class Row
    {
        public long RowNumber { get; init; }
        public Guid TriggerId { get; init; }
        public string State { get; init; } = "";
        public string Rule { get; init; } = "";
        public string Source { get; init; } = "";
        public string Labels { get; init; } = "";
        public string Severity { get; init; } = "";
        public Guid AlertId { get; init; }
        public long? Quantity { get; init; }
        public long? Threshold { get; init; }
        public long RaisedAt { get; init; }
        public long ClearCheckAt { get; init; }
        public long Version { get; init; }
        public string? Kind { get; init; }
        public string? Category { get; init; }
        public string? Summary { get; init; }
        public double? Value { get; init; }
        public double? LimitValue { get; init; }
        public string? Unit { get; init; }
        public string? Url { get; init; }
        public string? Annotations { get; init; }
        public long? AcknowledgedAt { get; init; }
        public string? AcknowledgedBy { get; init; }
        public long? RuleRevision { get; init; }
        public long? Shadow { get; init; }
        public string? AssignedTo { get; init; }
        public long? SnoozedUntil { get; init; }
        public long? LastTold { get; init; }

        public Trigger Trigger => new()
        {
            CorrelationId = TriggerId, State = State, Rule = Rule, Source = Source, Severity = Severity,
            Labels = JsonSerializer.Deserialize<Dictionary<string, string>>(Labels)!, AlertId = AlertId,
            Count = (int?)Quantity, Threshold = (int?)Threshold, RaisedAt = RaisedAt.ToTime(), ClearCheckAt = ClearCheckAt, Version = (int)Version,
            AcknowledgedAt = AcknowledgedAt?.ToTime(), AcknowledgedBy = AcknowledgedBy,
            RuleRevision = RuleRevision ?? 0, Shadow = Shadow == 1, AssignedTo = AssignedTo, SnoozedUntil = SnoozedUntil, LastTold = LastTold ?? 0,
            Kind = Kind ?? RuleKind.Count, Category = Category, Summary = Summary,
            Value = Value, Limit = LimitValue, Unit = Unit, Url = Url,
            Annotations = Annotations is null
                ? new Dictionary<string, string>() : JsonSerializer.Deserialize<Dictionary<string, string>>(Annotations)!,
        };
    }
}

/// <summary>A raised trigger whose count may be normal, and the time that was foreseen for looking.</summary>
internal sealed record ClearCandidate(Guid TriggerId, string Labels, long CheckAt);
