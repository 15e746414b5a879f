using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Dapper;
using Sigma.Storage;

namespace Sigma.Cli.Explain;

/// <summary>Events of one account that have the same labels. Times as stored.</summary>
internal sealed record AlikeEvents(IReadOnlyDictionary<string, string> Labels, string Json, long Count, long FirstAt, long LastAt);

/// <summary>An event, to be recognised by.</summary>
internal sealed record OneEvent(string EventId, long At, IReadOnlyDictionary<string, string> Labels);

/// <summary>
/// The stored events of one account, whether they are counted or not. Read by ix_evaluator_events_labels (labels, occurred_at): labels are JSON that begins with the
/// account. The sum in the conditions on the time keeps the database from the index on it alone, which would be the whole window's. Sources and labels are compared by their
/// bytes, as the evaluator does: to a database, e130 and E130 may be the same.
/// </summary>
internal sealed class StoredEvents(DbConnection connection, string source)
{
    const int MostKinds = 1_000, MostExamples = 3;
    const string OfSource = "hex(source) = hex(@source)";

    /// <summary>Those after one time and up to another, by their labels, the most first.</summary>
    public async Task<List<AlikeEvents>> Alike(string account, long after, long to, CancellationToken ct)
    {
        var rows = await connection.QueryAsync<(string Labels, long Count, long FirstAt, long LastAt)>(Command(
            $"""
            select min(labels), count(*) as number, min(occurred_at), max(occurred_at) from evaluator_events
            where labels >= @From and labels < @To and occurred_at + 0 > {after} and occurred_at + 0 <= {to} and {OfSource}
            group by hex(labels) order by number desc limit {MostKinds}
            """, account, ct));
        return [.. rows.Select(row => new AlikeEvents(Read(row.Labels), row.Labels, row.Count, row.FirstAt, row.LastAt)).Where(alike => IsOf(alike.Labels, account))];
    }

    /// <summary>The newest of all that are kept.</summary>
    public async Task<long?> LastAt(string account, CancellationToken ct) => await connection.ExecuteScalarAsync<long?>(Command(
        $"select max(occurred_at) from evaluator_events where labels >= @From and labels < @To and hex(labels) like @Start and {OfSource}", account, ct));

    /// <summary>Some of those that are counted at another time than the source says, the newest first.</summary>
    public async Task<List<OddTime>> WithOtherTimes(string account, long after, long to, CancellationToken ct)
    {
        var rows = await connection.QueryAsync<(long At, string Reported, string EventId, string Labels)>(Command(
            $"""
            select occurred_at, reported_time, event_id, labels from evaluator_events
            where labels >= @From and labels < @To and occurred_at + 0 > {after} and occurred_at + 0 <= {to} and source = @source
              and reported_time is not null
            order by occurred_at desc limit {MostExamples}
            """, account, ct));
        return [.. rows.Where(row => IsOf(Read(row.Labels), account)).Select(row => new OddTime(row.At, row.Reported, row.EventId))];
    }

    /// <summary>Some of those with these labels, the newest first.</summary>
    public async Task<List<OneEvent>> Examples(IReadOnlyCollection<string> labels, long after, long to, CancellationToken ct) => labels.Count == 0 ? []
        : [.. (await connection.QueryAsync<(string EventId, long At, string Labels)>(new CommandDefinition(
            $"""
            select event_id, occurred_at, labels from evaluator_events
            where labels in @labels and hex(labels) in @bytes and occurred_at + 0 > {after} and occurred_at + 0 <= {to} and {OfSource} order by occurred_at desc limit {MostExamples}
            """, new { labels, bytes = labels.Select(Hex), source }, cancellationToken: ct))).Select(row => new OneEvent(row.EventId, row.At, Read(row.Labels)))];

    public static Dictionary<string, string> Read(string labels) => JsonSerializer.Deserialize<Dictionary<string, string>>(labels) ?? [];

    /// <summary>Between these two lies the JSON of all labels that begin with this account.</summary>
    public static (string From, string To) Range(string account) => string.Create(CultureInfo.InvariantCulture, $$"""{"account":{{JsonSerializer.Serialize(account)}}""") is var start
        ? (start, start + "~") : default;

    static bool IsOf(IReadOnlyDictionary<string, string> labels, string account) => labels.GetValueOrDefault("account") == account;

    static string Hex(string text) => Convert.ToHexString(Encoding.UTF8.GetBytes(text));

    CommandDefinition Command(string sql, string account, CancellationToken ct) =>
        new(sql, new { Range(account).From, Range(account).To, Start = Hex(Range(account).From) + "%", source }, cancellationToken: ct);
}
