using System.Text.Json;
using Sigma.Contracts;
using Sigma.Hosting.Texts;
using Sigma.Notifier.Accounts;
using Sigma.Storage;

namespace Sigma.Notifier.Alerts;

/// <summary>
/// One row per alert, whichever of its two messages comes first and however often. A row whose <c>raised_at</c> is null waits for its raise.
/// Those of drills are in a table of their own, with the same columns: reports read the other one, at any moment.
/// </summary>
internal sealed class AlertHistory(TimeProvider time)
{
    const string Alerts = "sigma_cloud_events_tracker_registers", Drills = "notifier_drills";

    const string Columns =
        """
        select alert_id AlertId, rule Rule, severity Severity, source Source, labels Labels, quantity Quantity, threshold Threshold,
          period_started_at WindowFrom, period_ended_at WindowTo, raised_at RaisedAt, cleared_at ClearedAt, cleared_quantity ClearedQuantity,
          cleared_reason ClearedReason, kind Kind, category Category, summary Summary, value Value, limit_value LimitValue, unit Unit, url Url,
          annotations Annotations, cleared_value ClearedValue, acknowledged_at AcknowledgedAt, acknowledged_by AcknowledgedBy
        """;

    /// <summary>False when it is written down already: whom to tell is decided once.</summary>
    public async Task<bool> Raise(DbSession session, AlertRaised alert, AccountInfo? names, CancellationToken ct)
    {
        var row = new Row(alert.AlertId, alert.Labels, names, time)
        {
            // The former tracker's reports read these columns: what is not counted has no quantity, and lasts since it began.
            Quantity = alert.Count ?? 0, From = Seconds(alert.WindowFrom ?? alert.Since ?? alert.RaisedAt),
            To = Seconds(alert.WindowTo ?? alert.RaisedAt), Rule = alert.Rule, Severity = alert.Severity, Source = alert.Source,
            Threshold = alert.Threshold ?? 0, RaisedAt = alert.RaisedAt.ToUnixTimeMilliseconds(), Kind = alert.Kind,
            Category = alert.Category?.Truncate(32), Summary = alert.Summary?.Truncate(500), Value = alert.Value, Limit = alert.Limit,
            Unit = alert.Unit?.Truncate(16), Url = alert.Url?.Truncate(2000), Annotations = Json(alert.Annotations),
        };
        if (await Insert(session, row, ct))
            return true;
        // uq_registers_alert
        return await session.Execute(
            $"""
            update {row.Table} set account_code = @AccountCode, trade_name = @TradeName, company_trade_name = @Company,
              client_group_name = @ClientGroup, quantity = @Quantity, period_started_at = @From, period_ended_at = @To, raised_at = @RaisedAt,
              updated_at = @Now, value = @Value, summary = @Summary, url = @Url, annotations = @Annotations, threshold = @Threshold,
              category = @Category, limit_value = @Limit, unit = @Unit
            where alert_id = @Key and raised_at is null
            """, row, ct) == 1;
    }

    public async Task Clear(DbSession session, AlertCleared alert, AccountInfo? names, CancellationToken ct)
    {
        var row = new Row(alert.AlertId, alert.Labels, names, time)
        {
            Quantity = alert.Threshold ?? 0, From = Seconds(alert.RaisedAt), To = Seconds(alert.RaisedAt), Rule = alert.Rule,
            Severity = alert.Severity, Source = alert.Source, Threshold = alert.Threshold ?? 0,
            ClearedAt = alert.ClearedAt.ToUnixTimeMilliseconds(), ClearedQuantity = alert.Count, ClearedReason = alert.Reason.Truncate(32),
            Kind = alert.Kind, Category = alert.Category?.Truncate(32), Summary = alert.Summary?.Truncate(500), Limit = alert.Limit,
            Unit = alert.Unit?.Truncate(16), Url = alert.Url?.Truncate(2000), Annotations = Json(alert.Annotations), ClearedValue = alert.Value,
        };
        if (await Insert(session, row, ct))
            return;
        // uq_registers_alert
        await session.Execute(
            $"""
            update {row.Table}
            set cleared_at = @ClearedAt, cleared_quantity = @ClearedQuantity, cleared_reason = @ClearedReason, updated_at = @Now,
              cleared_value = @ClearedValue
            where alert_id = @Key and cleared_at is null
            """, row, ct);
    }

    /// <summary>Who took it on first stays; one that has not come yet has a row from now on.</summary>
    public async Task Acknowledge(DbSession session, AlertAcknowledged alert, CancellationToken ct)
    {
        var row = new Row(alert.AlertId, alert.Labels, null, time)
        {
            Quantity = 0, From = Seconds(alert.RaisedAt), To = Seconds(alert.RaisedAt), Rule = alert.Rule, Severity = alert.Severity,
            Source = alert.Source, Threshold = 0, Kind = alert.Kind, AcknowledgedAt = alert.AcknowledgedAt.ToUnixTimeMilliseconds(),
            AcknowledgedBy = alert.By.Truncate(100),
        };
        if (await Insert(session, row, ct))
            return;
        // uq_registers_alert
        await session.Execute(
            $"""
            update {row.Table} set acknowledged_at = @AcknowledgedAt, acknowledged_by = @AcknowledgedBy, updated_at = @Now
            where alert_id = @Key and acknowledged_at is null
            """, row, ct);
    }

    /// <summary>One that is no drill's, locked.</summary>
    public async Task<Episode?> Lock(DbSession session, Guid alert, CancellationToken ct) =>
        (await session.First<StoredAlert>($"{Columns} from {Alerts} where alert_id = @Key {session.Dialect.ForUpdate}",
            new { Key = alert }, ct))?.Episode; // uq_registers_alert

    public async Task<Episode?> Find(DbSession session, Guid alert, CancellationToken ct) =>
        (await session.First<StoredAlert>($"{Columns} from {Alerts} where alert_id = @Key", new { Key = alert }, ct) // uq_registers_alert
            // primary key
            ?? await session.First<StoredAlert>($"{Columns} from {Drills} where alert_id = @Key", new { Key = alert }, ct))?.Episode;

    /// <summary>Those of many alerts that are there.</summary>
    public async Task<Dictionary<Guid, Episode>> Find(DbSession session, IReadOnlyCollection<Guid> alerts, CancellationToken ct)
    {
        if (alerts.Count == 0)
            return [];
        // uq_registers_alert
        var found = await session.Query<StoredAlert>($"{Columns} from {Alerts} where alert_id in ({alerts.Literals()})", null, ct);
        if (found.Count < alerts.Count)
            // primary key
            found.AddRange(await session.Query<StoredAlert>($"{Columns} from {Drills} where alert_id in ({alerts.Literals()})", null, ct));
        return found.ToDictionary(f => f.AlertId, f => f.Episode);
    }

    /// <summary>The alerts that are raised; drills are not among them.</summary>
    public Task<List<Guid>> Raised(DbSession session, CancellationToken ct) => session.Query<Guid>( // ix_registers_open
        $"select alert_id from {Alerts} where cleared_at is null and alert_id is not null and raised_at is not null", new { }, ct);

    /// <summary>
    /// The ten values of a column with the most alerts in the last 24 hours. By their bytes: to a database, e130 and E130 may be the same.
    /// </summary>
    public Task<List<AlertCount>> Top(DbSession session, string column, CancellationToken ct) => session.Query<AlertCount>( // ix_registers_created
        $"""
        select min({column}) Name, count(*) Alerts from sigma_cloud_events_tracker_registers
        where created_at >= @since and raised_at is not null and {column} <> '' group by hex({column}) order by count(*) desc, min({column}) limit 10
        """, new { since = Seconds(time.GetUtcNow().AddDays(-1)) }, ct);

    static async Task<bool> Insert(DbSession session, Row row, CancellationToken ct) => !await Lock(session, row, ct) && await session.Execute(
        $"""
        {session.Dialect.InsertIgnore} into {row.Table}(account_code, trade_name, company_trade_name, client_group_name, cuc, code,
          quantity, period_started_at, period_ended_at, created_at, updated_at, alert_id, rule, severity, source, labels, threshold, raised_at,
          cleared_at, cleared_quantity, cleared_reason, kind, category, summary, value, limit_value, unit, url, annotations, cleared_value,
          acknowledged_at, acknowledged_by)
        values(@AccountCode, @TradeName, @Company, @ClientGroup, @Cuc, @Code, @Quantity, @From, @To, @Now, @Now, @Key, @Rule, @Severity, @Source,
        @Labels,
          @Threshold, @RaisedAt, @ClearedAt, @ClearedQuantity, @ClearedReason, @Kind, @Category, @Summary, @Value, @Limit, @Unit, @Url,
          @Annotations, @ClearedValue, @AcknowledgedAt, @AcknowledgedBy)
        """, row, ct) == 1;

    // An insert that finds the row takes a shared lock, and two who then want to update it would be a deadlock. uq_registers_alert
    static async Task<bool> Lock(DbSession session, Row row, CancellationToken ct) => await session.First<long?>(
        $"select 1 from {row.Table} where alert_id = @Key {session.Dialect.ForUpdate}", row, ct) is not null;

    static string? Json(IReadOnlyDictionary<string, string>? annotations) =>
        annotations is null or { Count: 0 } ? null : JsonSerializer.Serialize(annotations);

    // The column keeps whole seconds; the database would round a half one up.
    static DateTime Seconds(DateTimeOffset time) => new(time.UtcTicks - time.UtcTicks % TimeSpan.TicksPerSecond, DateTimeKind.Utc);

    sealed class Row(Guid alert, IReadOnlyDictionary<string, string> labels, AccountInfo? names, TimeProvider time)
    {
        public string Table => Drill.Is(Source) ? Drills : Alerts;
        public Guid Key => alert;
        public string AccountCode => (names?.Code ?? labels.GetValueOrDefault("account", "")).Truncate(255);
        public string TradeName => (names?.TradeName ?? "").Truncate(255);
        public string Company => (names?.Company ?? "").Truncate(255);
        public string ClientGroup => (names?.ClientGroup ?? "").Truncate(255);
        public string Cuc => labels.GetValueOrDefault("cuc", "").Truncate(255);
        public string Code => labels.GetValueOrDefault("code", "").Truncate(255);
        public string Labels => JsonSerializer.Serialize(labels);
        public DateTime Now => Seconds(time.GetUtcNow());
        public required int Quantity { get; init; }
        public required DateTime From { get; init; }
        public required DateTime To { get; init; }
        public required string Rule { get; init; }
        public required string Severity { get; init; }
        public required string Source { get; init; }
        public required int Threshold { get; init; }
        public required string Kind { get; init; }
        public string? Category { get; init; }
        public string? Summary { get; init; }
        public double? Value { get; init; }
        public double? Limit { get; init; }
        public string? Unit { get; init; }
        public string? Url { get; init; }
        public string? Annotations { get; init; }
        public long? RaisedAt { get; init; }
        public long? ClearedAt { get; init; }
        public int? ClearedQuantity { get; init; }
        public string? ClearedReason { get; init; }
        public double? ClearedValue { get; init; }
        public long? AcknowledgedAt { get; init; }
        public string? AcknowledgedBy { get; init; }
    }

    sealed class StoredAlert
    {
        public Guid AlertId { get; init; }
        public string Rule { get; init; } = "";
        public string Severity { get; init; } = "";
        public string Source { get; init; } = "";
        public string Labels { get; init; } = "{}";
        public int Quantity { get; init; }
        public int Threshold { get; init; }
        public DateTime WindowFrom { get; init; }
        public DateTime WindowTo { get; init; }
        public long? RaisedAt { get; init; }
        public long? ClearedAt { get; init; }
        public int? ClearedQuantity { get; init; }
        public string? ClearedReason { get; init; }
        public string? Kind { get; init; }
        public string? Category { get; init; }
        public string? Summary { get; init; }
        public double? Value { get; init; }
        public double? LimitValue { get; init; }
        public string? Unit { get; init; }
        public string? Url { get; init; }
        public string? Annotations { get; init; }
        public double? ClearedValue { get; init; }
        public long? AcknowledgedAt { get; init; }
        public string? AcknowledgedBy { get; init; }

        public Episode Episode => new()
        {
            AlertId = AlertId, Rule = Rule, Severity = Severity, Source = Source, Count = Quantity, Threshold = Threshold,
            Labels = JsonSerializer.Deserialize<Dictionary<string, string>>(Labels)!,
            WindowFrom = new(DateTime.SpecifyKind(WindowFrom, DateTimeKind.Utc)), WindowTo = new(DateTime.SpecifyKind(WindowTo, DateTimeKind.Utc)),
            RaisedAt = RaisedAt?.ToTime(), ClearedAt = ClearedAt?.ToTime(), ClearedCount = ClearedQuantity,
            ClearedReason = ClearedReason, Kind = Kind ?? RuleKind.Count, Category = Category, Summary = Summary, Value = Value, Limit = LimitValue,
            Unit = Unit, Url = Url, ClearedValue = ClearedValue, AcknowledgedAt = AcknowledgedAt?.ToTime(), AcknowledgedBy = AcknowledgedBy,
            Annotations = Annotations is null ? new Dictionary<string, string>()
                : JsonSerializer.Deserialize<Dictionary<string, string>>(Annotations)!,
        };
    }
}
