using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Dapper;
using Sigma.Notifier.Deliveries;
using Sigma.Storage;

namespace Sigma.Notifier.Queries;

/// <summary>Reads the registers of a key or an account, by ix_registers_labels (labels, created_at), and their deliveries.</summary>
/// <param name="connection">Outside a transaction: in a SQLite file that would be its one writer's.</param>
public sealed class EpisodeQuery(DbConnection connection)
{
    const int MostOfKey = 200, MostAtOnce = 1_000;

    const string Select =
        """
        select alert_id AlertId, labels LabelsJson, rule Rule, quantity Count, threshold Threshold,
          raised_at RaisedAt, cleared_at ClearedAt, cleared_quantity ClearedCount, cleared_reason ClearedReason
        from sigma_cloud_events_tracker_registers
        """;

    /// <summary>Those of a key, the newest first.</summary>
    /// <param name="rules">Names its rule has and had.</param>
    /// <param name="source">Source of the events.</param>
    /// <param name="key">The grouped labels.</param>
    /// <param name="ct">Ends the waiting.</param>
    public async Task<IReadOnlyList<PastEpisode>> Of(
        IEnumerable<string> rules, string source, IReadOnlyDictionary<string, string> key, CancellationToken ct)
    {
        var labels = JsonSerializer.Serialize(key);
        var found = await connection.QueryAsync<PastEpisode>(new CommandDefinition(
            $"{Select} where labels = @labels and rule in @rules and source = @source order by created_at desc limit {MostOfKey}",
            new { labels, rules, source }, cancellationToken: ct));
        // To a database, e130 may be E130.
        return [.. found.Where(episode => episode.LabelsJson == labels).OrderByDescending(episode => episode.RaisedAt ?? episode.ClearedAt)];
    }

    /// <summary>Those of an account that lasted at a moment.</summary>
    public async Task<IReadOnlyList<PastEpisode>> At(string account, string source, long at, CancellationToken ct) =>
        (await connection.QueryAsync<PastEpisode>(new CommandDefinition(
        $"""
        {Select} where labels >= @From and labels < @To and source = @source
          and raised_at <= @at and (cleared_at is null or cleared_at > @at) limit {MostAtOnce}
        """,
        new { From = StartOf(account), To = StartOf(account) + "~", source, at }, cancellationToken: ct))).AsList();

    /// <summary>All of an episode's, in the order they came.</summary>
    public async Task<IReadOnlyList<PastDelivery>> Deliveries(Guid alert, CancellationToken ct) =>
        (await connection.QueryAsync<PastDelivery>(new CommandDefinition( // uq_deliveries_alert
        """
        select delivery_id Id, alert_id AlertId, kind Kind, channel Channel, state State, attempts Attempts, reason Reason,
          next_attempt_at DueAt, created_at CreatedAt, settled_at SettledAt
        from notifier_deliveries where alert_id = @alert order by created_at, kind desc, channel
        """, new { alert }, cancellationToken: ct))).AsList();

    /// <summary>What was decided about telling of an episode, in the order it was.</summary>
    public async Task<IReadOnlyList<PastDecision>> Decisions(Guid alert, CancellationToken ct) =>
        (await connection.QueryAsync<PastDecision>(new CommandDefinition( // ix_decisions_alert
        """
        select decided_at DecidedAt, kind Kind, channel Channel, reason Reason from notifier_decisions
        where alert_id = @alert order by decided_at, decision_id
        """, new { alert }, cancellationToken: ct))).AsList();

    /// <summary>The runs of flows that were started for an episode, in the order they were.</summary>
    public async Task<IReadOnlyList<PastRun>> Runs(Guid alert, CancellationToken ct) =>
        (await connection.QueryAsync<PastRun>(new CommandDefinition( // ix_flow_runs_alert
        """
        select channel Channel, url Url, state State, state_name StateName, message Message, started_at StartedAt, seen_at SeenAt, ended_at EndedAt
        from notifier_flow_runs where alert_id = @alert order by started_at, run_id
        """, new { alert }, cancellationToken: ct))).AsList();

    /// <summary>The episode of an alert, whatever its kind; null when the notifier has written none down.</summary>
    public Task<PastEpisode?> Find(Guid alert, CancellationToken ct) => connection.QueryFirstOrDefaultAsync<PastEpisode>(new CommandDefinition(
        $"{Select} where alert_id = @alert", new { alert }, cancellationToken: ct)); // uq_registers_alert

    /// <summary>How the JSON of all labels begins that begin with this account.</summary>
    static string StartOf(string account) => string.Create(CultureInfo.InvariantCulture, $$"""{"account":{{JsonSerializer.Serialize(account)}}""");
}

/// <summary>An episode, as the notifier wrote it down. Times as stored; a null where its message has not come yet.</summary>
public sealed class PastEpisode
{
    internal string LabelsJson { get; init; } = "{}";

    /// <summary>Identity of the alert.</summary>
    public Guid AlertId { get; init; }

    /// <summary>The key.</summary>
    public IReadOnlyDictionary<string, string> Labels => JsonSerializer.Deserialize<Dictionary<string, string>>(LabelsJson) ?? [];

    /// <summary>Name of the rule.</summary>
    public string Rule { get; init; } = "";

    /// <summary>Events in the window that raised it.</summary>
    public int Count { get; init; }

    /// <summary>The threshold then.</summary>
    public int Threshold { get; init; }

    /// <summary>When it was raised.</summary>
    public long? RaisedAt { get; init; }

    /// <summary>When it was cleared.</summary>
    public long? ClearedAt { get; init; }

    /// <summary>Events that were left then.</summary>
    public int? ClearedCount { get; init; }

    /// <summary>Why it was cleared.</summary>
    public string? ClearedReason { get; init; }

    /// <summary>Whether it was raised at a moment and not yet cleared.</summary>
    public bool Lasts(long at) => RaisedAt <= at && !(ClearedAt <= at);
}

/// <summary>What was decided about telling of an episode. Times as stored.</summary>
public sealed class PastDecision
{
    /// <summary>When.</summary>
    public long DecidedAt { get; init; }

    /// <summary>
    /// <c>routed</c>, <c>held</c>, <c>released</c>, <c>over</c>, <c>acknowledged</c>, <c>snoozed</c>, <c>unsnoozed</c>, <c>escalated</c> or
    /// <c>unescalated</c>.
    /// </summary>
    public string Kind { get; init; } = "";

    /// <summary>For which integration; null for all.</summary>
    public string? Channel { get; init; }

    /// <summary>Why.</summary>
    public string Reason { get; init; } = "";
}

/// <summary>A run of a Prefect flow that was started for an episode. Times as stored.</summary>
public sealed class PastRun
{
    /// <summary>By which integration.</summary>
    public string Channel { get; init; } = "";

    /// <summary>Where Prefect shows it.</summary>
    public string Url { get; init; } = "";

    /// <summary>The type of its state, as <c>RUNNING</c>; null until Prefect was asked.</summary>
    public string? State { get; init; }

    /// <summary>The state's name, free text.</summary>
    public string? StateName { get; init; }

    /// <summary>What Prefect says of it.</summary>
    public string? Message { get; init; }

    /// <summary>When it was started.</summary>
    public long StartedAt { get; init; }

    /// <summary>When Prefect was last asked.</summary>
    public long? SeenAt { get; init; }

    /// <summary>When it was followed to its end; null while it is followed.</summary>
    public long? EndedAt { get; init; }
}

/// <summary>What was or is to be said of an episode on a channel. Times as stored.</summary>
public sealed class PastDelivery : DeliveryOutcome
{
    /// <summary>Its id.</summary>
    public Guid Id { get; init; }
}
