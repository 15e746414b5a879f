using System.Data.Common;
using System.Text.Json;
using Dapper;
using Sigma.Evaluator.Rules;
using Sigma.Storage;

namespace Sigma.Cli.Explain;

/// <summary>An episode, as the notifier wrote it down. Times as stored; a null where its message has not come yet.</summary>
internal sealed class PastEpisode
{
    public byte[] AlertKey { get; init; } = [];
    public string LabelsJson { get; init; } = "{}";
    public string Rule { get; init; } = "";
    public int Count { get; init; }
    public int Threshold { get; init; }
    public DateTime WindowFrom { get; init; }
    public DateTime WindowTo { get; init; }
    public long? RaisedAt { get; init; }
    public long? ClearedAt { get; init; }
    public int? ClearedCount { get; init; }
    public string? ClearedReason { get; init; }

    public Guid AlertId => AlertKey.ToGuid();

    /// <summary>Whether it was raised at a moment and not yet cleared.</summary>
    public bool Lasts(long at) => RaisedAt <= at && !(ClearedAt <= at);
}

/// <summary>What was or is to be said of an episode on a channel. Times as stored.</summary>
internal sealed class PastDelivery
{
    public byte[] AlertKey { get; init; } = [];
    public string Kind { get; init; } = "";
    public string Channel { get; init; } = "";
    public string State { get; init; } = "";
    public int Attempts { get; init; }
    public string? Reason { get; init; }
    public long DueAt { get; init; }
    public long CreatedAt { get; init; }
    public long? SettledAt { get; init; }
}

/// <summary>Reads the registers of a key or an account, by ix_registers_labels (labels, created_at), and their deliveries.</summary>
internal sealed class PastEpisodes(DbConnection connection)
{
    const int MostOfKey = 200, MostAtOnce = 1_000;

    const string Select =
        """
        select alert_id AlertKey, labels LabelsJson, rule Rule, quantity Count, threshold Threshold, period_started_at WindowFrom, period_ended_at WindowTo,
          raised_at RaisedAt, cleared_at ClearedAt, cleared_quantity ClearedCount, cleared_reason ClearedReason
        from sigma_cloud_events_tracker_registers
        """;

    /// <summary>Those of a key, the newest first.</summary>
    public async Task<List<PastEpisode>> Of(Rule rule, IReadOnlyDictionary<string, string> key, CancellationToken ct)
    {
        var labels = JsonSerializer.Serialize(key);
        var found = await connection.QueryAsync<PastEpisode>(new CommandDefinition(
            $"{Select} where labels = @labels and rule in @names and source = @Source order by created_at desc limit {MostOfKey}",
            new { labels, names = rule.FormerNames.Append(rule.Name), rule.Source }, cancellationToken: ct));
        return [.. found.Where(episode => episode.LabelsJson == labels).OrderByDescending(episode => episode.RaisedAt ?? episode.ClearedAt)]; // to a database, e130 may be E130
    }

    /// <summary>Those of an account that lasted at a moment.</summary>
    public async Task<List<PastEpisode>> At(string account, string source, long at, CancellationToken ct) => (await connection.QueryAsync<PastEpisode>(new CommandDefinition(
        $"{Select} where labels >= @From and labels < @To and source = @source and raised_at <= @at and (cleared_at is null or cleared_at > @at) limit {MostAtOnce}",
        new { StoredEvents.Range(account).From, StoredEvents.Range(account).To, source, at }, cancellationToken: ct))).AsList();

    /// <summary>All of an episode's, in the order they came.</summary>
    public async Task<List<PastDelivery>> Deliveries(Guid alert, CancellationToken ct) => (await connection.QueryAsync<PastDelivery>(new CommandDefinition( // uq_deliveries_alert
        """
        select alert_id AlertKey, kind Kind, channel Channel, state State, attempts Attempts, reason Reason, next_attempt_at DueAt, created_at CreatedAt, settled_at SettledAt
        from notifier_deliveries where alert_id = @alert order by created_at, kind desc, channel
        """, new { alert = alert.Bytes() }, cancellationToken: ct))).AsList();
}
